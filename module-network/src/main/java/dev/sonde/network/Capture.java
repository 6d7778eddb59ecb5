package dev.sonde.network;

import dev.sonde.bus.EventBus;
import dev.sonde.bus.Source;
import dev.sonde.bus.Task;
import dev.sonde.event.network.CaptureEvent;
import dev.sonde.event.network.CaptureFailed;
import dev.sonde.event.network.CaptureStarted;
import dev.sonde.event.network.CaptureStopped;
import dev.sonde.event.network.PacketCaptured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One capture from begin to end: opens its source, reads frames, publishes what they mean.
///
/// Runs on a fork's thread. It publishes [CaptureStarted], then what it hears, then its last
/// figures, then [CaptureStopped]; or [CaptureFailed] where it can not begin or breaks off. Where
/// the interface is not there yet, it begins when it comes.
final class Capture implements Source {

  /// How many frames may be published between two looks at whether the subscribers keep up.
  private static final int FRAMES_BETWEEN_WAITS = 16;

  private static final Duration LONGEST_WAIT_FOR_ROOM = Duration.ofSeconds(30);

  /// At an interface that says it is there and can not be opened.
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

  private final String source;
  private final NetworkConfig config;
  private final EventBus bus;
  private final BiConsumer<Duration, Task> timer;
  private final SourceOpener opener;
  private final RecordingPlan plan;
  private final RecordingControl recording;
  private final Links links;
  private volatile boolean cancelled;
  private volatile @Nullable PacketSource open;
  private volatile @Nullable Pace pace;
  private volatile @Nullable Statistics statistics;
  private volatile @Nullable CaptureEvent last;

  /// @param source which, as [SourceChoice] has it
  /// @param timer runs a task once after a delay; callable from any thread
  /// @param dataDirectory where recordings go
  /// @param links tell when an interface returns
  Capture(
      String source,
      NetworkConfig config,
      EventBus bus,
      BiConsumer<Duration, Task> timer,
      Path dataDirectory,
      Links links) {
    this.source = source;
    this.config = config;
    this.links = links;
    this.opener = new SourceOpener(source, config, links, this::tell);
    this.bus = bus;
    this.timer = timer;
    this.plan = RecordingPlan.of(config, dataDirectory);
    this.recording = new RecordingControl(config.isRecorded());
  }

  @Override
  public void run() {
    try {
      while (!isDone()) {
        // the interface that was missing has come
      }
    } catch (InterruptedException e) {
      // the fork was cancelled while it waited for its interface
    }
  }

  /// @return false if it is worth another attempt
  private boolean isDone() throws InterruptedException {
    try {
      attempt();
      return true;
    } catch (LinkException e) {
      fail(e);
      return cancelled || !links.awaitUp(SourceChoice.interfaceOf(source), BETWEEN_ATTEMPTS);
    } catch (CaptureException e) {
      fail(e);
      return true;
    }
  }

  private void attempt() throws CaptureException {
    try (Opened opened = opener.open()) {
      open = opened.source();
      pump(opened);
    } finally {
      open = null;
    }
  }

  private void fail(CaptureException why) {
    CaptureFailed failed = new CaptureFailed(source, why.problem(), why.remedy());
    // a pipe that waited for a writer is empty when it is told to stop: nothing is wrong with it
    if (!cancelled && !failed.equals(last)) {
      tell(failed);
    }
  }

  private void tell(CaptureEvent event) {
    last = event;
    bus.publish(event);
  }

  @Override
  public void cancel() {
    cancelled = true;
    opener.cancel();
    PacketSource opened = open;
    if (opened != null) {
      opened.cancel();
    }
    Pace waiting = pace;
    if (waiting != null) {
      waiting.cancel();
    }
  }

  /// The figures so far. Any thread.
  ///
  /// @return `null` until the source is open
  @Nullable Statistics statistics() {
    return statistics;
  }

  /// Which source. Any thread.
  String source() {
    return source;
  }

  /// What was told of it last. Any thread.
  ///
  /// @return `null` until something was
  @Nullable CaptureEvent last() {
    return last;
  }

  /// Whether this capture is recorded. Any thread.
  RecordingControl recording() {
    return recording;
  }

  private void pump(Opened opened) {
    Statistics counts = new Statistics(opened.name());
    statistics = counts;
    StatisticsReport report = new StatisticsReport(counts, bus, timer, config.statisticsPeriod());
    tell(new CaptureStarted(opened.name(), opened.source().linkType(), opened.note()));
    CaptureFailed broken = null;
    boolean atEnd = false;
    try {
      atEnd = new Pump(opened, counts, report).run();
    } catch (CaptureException e) {
      broken = new CaptureFailed(opened.name(), e.problem(), e.remedy());
    } catch (InterruptedException e) {
      // the fork was cancelled while it waited; it ends here and its thread with it
    }
    report.finish();
    tell(
        broken != null
            ? broken
            : new CaptureStopped(
                opened.name(), counts.get(Counter.PACKETS), atEnd, opened.source().warning()));
  }

  /// Carries frames from an open source to the bus.
  private final class Pump {

    private final Opened opened;
    private final Statistics counts;
    private final StatisticsReport report;
    private final Dissector dissector;
    private final Recorder recorder;

    private final Pace ownPace;
    private long dropsReadNanos = System.nanoTime();

    private Pump(Opened opened, Statistics counts, StatisticsReport report) {
      this.opened = opened;
      this.counts = counts;
      this.report = report;
      Findings findings = new Findings(opened.name(), counts, bus::publish, config.stateRows());
      this.recorder = new Recorder(plan, recording, findings);
      this.dissector = new Dissector(findings, config.lostAfter().toNanos());
      this.ownPace = new Pace(opened.speed());
      pace = ownPace;
    }

    /// @return true if the source has no more, false if it was cancelled
    private boolean run() throws CaptureException, InterruptedException {
      try {
        return carry();
      } finally {
        dissector.finish();
        recorder.close();
      }
    }

    private boolean carry() throws CaptureException, InterruptedException {
      Frame frame = new Frame();
      boolean more = true;
      while (more && !cancelled) {
        more = opened.source().next(frame);
        if (more && isDue(frame) && opened.filter().accepts(frame)) {
          deliver(frame);
        }
      }
      counts.drops(opened.source().drops());
      return !more && !cancelled;
    }

    private boolean isDue(Frame frame) throws InterruptedException {
      return opened.live() || opened.speed().isFull() || ownPace.await(frame.capturedNanos());
    }

    private void deliver(Frame frame) throws CaptureException, InterruptedException {
      if (bus.wanted(PacketCaptured.class)) {
        bus.publish(packet(frame));
      }
      recorder.frame(frame);
      dissector.dissect(frame);
      report.changed();
      if (opened.live()) {
        readDrops();
      } else if (counts.get(Counter.PACKETS) % FRAMES_BETWEEN_WAITS == 0) {
        // false only where a subscriber stands still: it is told what it misses
        bus.awaitRoom(LONGEST_WAIT_FOR_ROOM);
      }
    }

    private PacketCaptured packet(Frame frame) {
      return new PacketCaptured(
          opened.name(),
          frame.captured(),
          frame.linkType(),
          frame.originalLengthBytes(),
          frame.bytes(0, frame.length()));
    }

    /// Here rather than in a timer: libpcap's handles are for one thread, and frames are lost only
    /// where frames come.
    private void readDrops() throws CaptureException {
      long now = System.nanoTime();
      if (now - dropsReadNanos >= config.statisticsPeriod().toNanos() / 2) {
        dropsReadNanos = now;
        counts.drops(opened.source().drops());
      }
    }
  }
}
