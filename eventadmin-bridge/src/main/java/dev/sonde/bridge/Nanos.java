package dev.sonde.bridge;

import java.time.Duration;

/// Durations as nanoseconds.
final class Nanos {

  /// About 146 years: the difference of two of these still fits.
  private static final long MOST = Long.MAX_VALUE / 2;

  private Nanos() {}

  /// At most [#MOST], at least 0.
  static long of(Duration duration) {
    if (duration.isNegative()) {
      return 0;
    }
    return duration.compareTo(Duration.ofNanos(MOST)) > 0 ? MOST : duration.toNanos();
  }
}
