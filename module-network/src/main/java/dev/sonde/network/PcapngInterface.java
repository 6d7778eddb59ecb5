package dev.sonde.network;

import java.nio.ByteBuffer;

/// An interface as a pcapng file describes it.
///
/// @param linkType a `LINKTYPE_` number
/// @param snapLengthBytes the most that was captured of a frame
/// @param ticksPerSecond resolution of its times
/// @param offsetSeconds to be added to its times
record PcapngInterface(
    int linkType, long snapLengthBytes, long ticksPerSecond, long offsetSeconds) {

  private static final int IF_TSRESOL = 9;
  private static final int IF_TSOFFSET = 14;
  private static final long MICROSECONDS = 1_000_000;
  private static final int FINEST_DECIMAL = 18;
  private static final int FINEST_BINARY = 62;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /// Reads the body of an interface description block. Options that do not fit are left out.
  static PcapngInterface read(ByteBuffer body) throws MalformedCaptureException {
    if (body.remaining() < 8) {
      throw new MalformedCaptureException("has an interface description that is too short");
    }
    int linkType = body.getShort() & 0xFFFF;
    body.getShort();
    int snapLength = body.getInt();
    long snapLengthBytes = snapLength == 0 ? Long.MAX_VALUE : snapLength & 0xFFFF_FFFFL;
    PcapngInterface plain = new PcapngInterface(linkType, snapLengthBytes, MICROSECONDS, 0);
    return plain.withOptions(body);
  }

  private PcapngInterface withOptions(ByteBuffer options) {
    long ticks = ticksPerSecond;
    long offset = offsetSeconds;
    while (options.remaining() >= 4) {
      int code = options.getShort() & 0xFFFF;
      int length = options.getShort() & 0xFFFF;
      int padded = (length + 3) & ~3;
      if (code == 0 || padded > options.remaining()) {
        break;
      }
      if (code == IF_TSRESOL && length == 1) {
        ticks = resolution(options.get(options.position()));
      } else if (code == IF_TSOFFSET && length == 8) {
        offset = options.getLong(options.position());
      }
      options.position(options.position() + padded);
    }
    return new PcapngInterface(linkType, snapLengthBytes, ticks, offset);
  }

  /// A negative power of 10, or of 2 where the highest bit is set. One that no clock has is taken
  /// for the default.
  private static long resolution(byte option) {
    int power = option & 0x7F;
    if (option < 0) {
      return power <= FINEST_BINARY ? 1L << power : MICROSECONDS;
    }
    return power <= FINEST_DECIMAL ? (long) Math.pow(10, power) : MICROSECONDS;
  }

  /// The time of so many ticks, an unsigned number, in nanoseconds since the epoch. One that does
  /// not fit becomes the epoch.
  long nanos(long ticks) {
    long seconds = Long.divideUnsigned(ticks, ticksPerSecond);
    long fraction = fraction(Long.remainderUnsigned(ticks, ticksPerSecond));
    long epochSecond = seconds + offsetSeconds;
    boolean overflows = ((seconds ^ epochSecond) & (offsetSeconds ^ epochSecond)) < 0;
    return overflows ? 0 : Frame.nanos(epochSecond, fraction);
  }

  /// Exact where the resolution divides nanoseconds, so that times read as they were written.
  private long fraction(long ticks) {
    return NANOS_PER_SECOND % ticksPerSecond == 0
        ? ticks * (NANOS_PER_SECOND / ticksPerSecond)
        : (long) ((double) ticks / ticksPerSecond * NANOS_PER_SECOND);
  }
}
