package dev.sonde.network;

import java.time.Instant;

/// A frame as its source delivers it: a view of the source's buffer, good until the next frame is
/// read. Who keeps anything of it copies.
final class Frame extends ByteView {

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private long capturedNanos;
  private int linkType;
  private int originalLengthBytes;

  /// Describes the frame that the view is over.
  ///
  /// @param nanos when it was captured, since 1970-01-01T00:00:00Z
  /// @param type see [LinkType]
  /// @param originalLength on the wire; one shorter than what was captured is not believed
  Frame described(long nanos, int type, int originalLength) {
    capturedNanos = nanos;
    linkType = type;
    originalLengthBytes = Math.max(originalLength, length());
    return this;
  }

  /// When it was captured, in nanoseconds since 1970-01-01T00:00:00Z.
  long capturedNanos() {
    return capturedNanos;
  }

  Instant captured() {
    return instant(capturedNanos);
  }

  int linkType() {
    return linkType;
  }

  int originalLengthBytes() {
    return originalLengthBytes;
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }

  /// The other way. A time that does not fit becomes the epoch.
  static long nanos(long epochSecond, long nanoOfSecond) {
    long most = Long.MAX_VALUE / NANOS_PER_SECOND - NANOS_PER_SECOND;
    boolean fits = -most < epochSecond && epochSecond < most;
    return fits ? epochSecond * NANOS_PER_SECOND + nanoOfSecond : 0;
  }
}
