package dev.sonde.logger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// `journal.jsonl`: the events that must outlive a loss of power. Each is written and synced at
/// once, on a thread of its own; those that come while the disk is busy go together.
final class Journal implements AutoCloseable {

  private static final Batches.Limits BATCHES =
      new Batches.Limits(8_192, 4L << 20, 1_000, Duration.ZERO, Duration.ofSeconds(1));

  /// @param heardNanos when it was given
  private record Line(String text, long heardNanos) {}

  private final LogFile file;
  private final Lateness lateness;
  private final Batches<Line> batches;
  private final Slowness slowness;
  private volatile LogFile.@Nullable Limits newLimits;

  /// @param listener is told on the writing thread
  /// @param rotationDone is called on the writing thread
  Journal(Path directory, DiskListener listener, Runnable rotationDone) {
    this.slowness = new Slowness("The journal", listener);
    this.file = LogFile.durable(directory, "journal", listener, rotationDone);
    this.lateness = new Lateness(file.path(), listener, System::nanoTime);
    this.batches = new Batches<>("journal", BATCHES, this::write);
  }

  /// From the next event on.
  void use(LogFile.Limits limits) {
    newLimits = limits;
  }

  /// Takes a line.
  ///
  /// @return false if there was no room for it
  boolean add(String line) {
    return slowness.keepsUp(
        batches.add(new Line(line, System.nanoTime()), Batches.bytes(line)), batches::dropped);
  }

  /// Completes once all that was added before is on the disk, or lost.
  CompletableFuture<@Nullable Void> barrier() {
    return batches.barrier();
  }

  private void write(List<Line> lines) {
    LogFile.Limits limits = newLimits;
    if (limits != null) {
      file.use(limits);
      newLimits = null;
    }
    lines.forEach(line -> file.append(line.text));
    file.flush();
    if (!file.isRefused()) {
      lines.forEach(line -> lateness.synced(line.heardNanos));
      lateness.tell();
    }
  }

  /// Writes what waits and closes the file.
  @Override
  public void close() {
    batches.close();
    file.close();
  }

  /// Lines on the disk. Exact while nothing is written.
  long written() {
    return file.written();
  }

  /// Lines that found no room, or that the disk refused. Exact while nothing is written.
  long lost() {
    return file.lost() + batches.dropped();
  }

  /// Lines that were on the disk later than they should have been.
  long late() {
    return lateness.count();
  }

  int waiting() {
    return batches.waiting();
  }
}
