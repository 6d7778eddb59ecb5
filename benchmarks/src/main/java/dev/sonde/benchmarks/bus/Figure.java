package dev.sonde.benchmarks.bus;

import java.util.Locale;

/// A figure that a fork finds.
enum Figure {
  /// Published events a second.
  RATE("events/s", "%,.0f", "", true),
  /// Allocated by the whole process, for each published event, the event included.
  BYTES("bytes/event", "%,.0f", "", false),
  /// Platform threads of the whole process.
  THREADS("threads", "%,.0f", "", false),
  /// Half of the events were faster.
  P50("p50 µs", "%,.1f", "-p50", false),
  /// All but one in a hundred were faster.
  P99("p99 µs", "%,.1f", "-p99", false),
  /// Processor time of the whole process, of one processor's.
  CPU("CPU %", "%.2f", "", false),
  /// How often a thread of the process was put on a processor.
  WAKE_UPS("wake-ups/s", "%,.0f", "", false);

  private final String label;
  private final String format;
  private final String suffix;
  private final boolean moreIsBetter;

  Figure(String label, String format, String suffix, boolean moreIsBetter) {
    this.label = label;
    this.format = format;
    this.suffix = suffix;
    this.moreIsBetter = moreIsBetter;
  }

  /// As in the head of a table.
  String label() {
    return label;
  }

  String format(double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /// What a ratio of it is called after the shape.
  String suffix() {
    return suffix;
  }

  /// How many times better ours is than theirs.
  double ratio(double ours, double theirs) {
    return moreIsBetter ? ours / theirs : theirs / ours;
  }

  static Figure of(String label) {
    for (Figure figure : values()) {
      if (figure.label.equals(label)) {
        return figure;
      }
    }
    throw new IllegalArgumentException("There is no figure '" + label + "'");
  }
}
