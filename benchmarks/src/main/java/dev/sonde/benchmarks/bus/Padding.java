package dev.sonde.benchmarks.bus;

/// Places in an array of longs that share no cache line with each other or with anything else.
final class Padding {

  /// Two cache lines, since processors fetch them in pairs.
  private static final int LONGS = 16;

  private Padding() {}

  /// Where the slot with this number begins; it has room for a few longs. The array ends where the
  /// first unused slot would begin.
  static int slot(int number) {
    return (number + 1) * LONGS;
  }
}
