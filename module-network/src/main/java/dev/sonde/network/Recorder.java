package dev.sonde.network;

import dev.sonde.event.network.NetworkAlert;
import dev.sonde.event.network.NetworkAlert.Kind;
import dev.sonde.event.network.NetworkAlert.Severity;
import dev.sonde.event.network.RecordingStarted;
import dev.sonde.event.network.RecordingStopped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Records one capture, on the capture's thread: all of it while that is on, and a while around
/// each trigger. A disk that is full ends the recording with an alert, not the capture.
final class Recorder {

  private static final long FLUSH_NANOS = Duration.ofSeconds(1).toNanos();

  private final RecordingPlan plan;
  private final RecordingControl control;
  private final Findings findings;
  private final FrameRing ring;
  private long triggersSeen;
  private long recordUntilNanos = Long.MIN_VALUE;
  private @Nullable OpenFile open;

  Recorder(RecordingPlan plan, RecordingControl control, Findings findings) {
    this.plan = plan;
    this.control = control;
    this.findings = findings;
    this.ring = new FrameRing(plan.before().toNanos(), RecordingPlan.RING_BYTES);
  }

  void frame(Frame frame) {
    long triggers = control.triggers();
    if (triggers != triggersSeen) {
      triggersSeen = triggers;
      recordUntilNanos = frame.capturedNanos() + plan.after().toNanos();
    }
    if (control.isOn() || frame.capturedNanos() <= recordUntilNanos) {
      record(frame);
    } else {
      close();
      ring.keep(frame);
    }
  }

  private void record(Frame frame) {
    try {
      while (!ring.isEmpty()) {
        write(ring.take());
      }
      write(frame);
    } catch (IOException e) {
      fail(e, frame);
    }
  }

  private void write(Frame frame) throws IOException {
    OpenFile file = open;
    if (file != null && file.isFull(frame)) {
      finish(file);
      file = null;
    }
    if (file == null) {
      file = begin(frame);
    }
    file.write(frame);
  }

  private OpenFile begin(Frame frame) throws IOException {
    plan.folder().makeRoom(plan.fileBytes());
    Path path = plan.folder().next(Instant.now(), plan.format().suffix());
    FrameWriter writer = plan.format().writer(RecordingFolder.create(path), frame.linkType());
    OpenFile file = new OpenFile(path, writer, frame.capturedNanos());
    open = file;
    findings.tell(new RecordingStarted(findings.source(), path.toString()));
    return file;
  }

  private void finish(OpenFile file) throws IOException {
    open = null;
    file.writer.close();
    findings.tell(
        new RecordingStopped(
            findings.source(), file.path.toString(), file.writer.packets(), file.writer.bytes()));
  }

  /// Completes the file that is open, if there is one.
  void close() {
    OpenFile file = open;
    if (file != null) {
      try {
        finish(file);
      } catch (IOException e) {
        fail(e, null);
      }
    }
  }

  private void fail(IOException why, @Nullable Frame frame) {
    abandon();
    control.turn(false);
    recordUntilNanos = Long.MIN_VALUE;
    if (frame != null) {
      findings.count(Counter.DROPPED_BY_US);
    }
    findings.tell(
        new NetworkAlert(
            findings.source(),
            frame == null ? Instant.now() : frame.captured(),
            Kind.RECORDING_FAILED,
            Severity.HIGH,
            plan.folder().path().toString(),
            why + "; make room, then: network:capture start",
            0));
  }

  /// Lets go of a file that can not be completed.
  private void abandon() {
    try (FrameWriter _ = open == null ? null : open.writer) {
      open = null;
    } catch (IOException e) {
      // it can not write what is left: that is being told
    }
  }

  /// A file that is being written.
  private final class OpenFile {

    private final Path path;
    private final FrameWriter writer;
    private final long beganNanos;
    private long flushedNanos;

    private OpenFile(Path path, FrameWriter writer, long beganNanos) {
      this.path = path;
      this.writer = writer;
      this.beganNanos = beganNanos;
      this.flushedNanos = beganNanos;
    }

    private boolean isFull(Frame next) {
      return !writer.takes(next)
          || writer.bytes() + next.length() > plan.fileBytes()
          || next.capturedNanos() - beganNanos > plan.fileTime().toNanos();
    }

    private void write(Frame frame) throws IOException {
      writer.write(frame);
      if (frame.capturedNanos() - flushedNanos > FLUSH_NANOS) {
        flushedNanos = frame.capturedNanos();
        writer.flush();
      }
    }
  }
}
