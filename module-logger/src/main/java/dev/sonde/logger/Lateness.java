package dev.sonde.logger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Tells when a disk is slower than what is promised. Seldom, since what is told goes to the same
/// disk. Of one thread, but for [#count].
final class Lateness {

  /// How long an event of the journal may take to the disk.
  static final Duration BOUND = Duration.ofMillis(20);

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Path file;
  private final DiskListener listener;
  private final LongSupplier nanoClock;
  private volatile long count;
  private long told;
  private long toldAt;
  private long longestNanos;

  /// @param file what is written
  Lateness(Path file, DiskListener listener, LongSupplier nanoClock) {
    this.file = file;
    this.listener = listener;
    this.nanoClock = nanoClock;
  }

  /// An event is on the disk now.
  ///
  /// @param sinceNanos when it was heard
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread counts, others read
  void synced(long sinceNanos) {
    long took = nanoClock.getAsLong() - sinceNanos;
    if (took > BOUND.toNanos()) {
      count++;
      longestNanos = Math.max(longestNanos, took);
    }
  }

  /// Tells of what came late, unless that was told a moment ago.
  void tell() {
    long now = nanoClock.getAsLong();
    if (count > told && (told == 0 || now - toldAt >= PAUSE.toNanos())) {
      listener.late(file, Duration.ofNanos(longestNanos), count - told);
      told = count;
      toldAt = now;
      longestNanos = 0;
    }
  }

  /// How many events came later than the bound.
  long count() {
    return count;
  }
}
