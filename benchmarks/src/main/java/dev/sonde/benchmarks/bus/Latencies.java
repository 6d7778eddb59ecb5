package dev.sonde.benchmarks.bus;

import java.util.Arrays;

/// Times from publishing to the handler. Added by one thread at a time; read when nothing more
/// comes.
final class Latencies {

  /// For 20 seconds at the pace of the benchmark.
  private final long[] nanos = new long[200_000];

  private int size;

  void clear() {
    size = 0;
  }

  void add(long latencyNanos) {
    nanos[size++] = latencyNanos;
  }

  /// @param quantile 0 to 1
  /// @return so many of the events were as fast as this, or faster; in microseconds
  double micros(double quantile) {
    long[] sorted = Arrays.copyOf(nanos, size);
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(quantile * size) - 1] / 1_000.0;
  }
}
