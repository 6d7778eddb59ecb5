package dev.sonde.network;

/// Counts what comes within a time, and says once when it is too much.
final class Threshold {

  private final long windowNanos;
  private final int limit;
  private long began;
  private int count;

  /// @param windowNanos how long counts are added up
  /// @param limit how many are too much
  Threshold(long windowNanos, int limit) {
    this.windowNanos = windowNanos;
    this.limit = limit;
  }

  /// Counts one.
  ///
  /// @param now in the time of the packets
  /// @return true if this one makes it too much, once in each window
  boolean isReached(long now) {
    refresh(now);
    return ++count == limit;
  }

  /// Whether a new window has to begin, which it then does.
  boolean refresh(long now) {
    boolean over = count == 0 || now < began || now - began >= windowNanos;
    if (over) {
      began = now;
      count = 0;
    }
    return over;
  }
}
