package dev.sonde.network;

import java.util.Arrays;
import java.util.BitSet;

/// Puts the segments of one direction of a TCP connection together, from a given sequence number
/// on, in whatever order and however often they come. Bounded.
final class SegmentBuffer {

  /// More than any ClientHello or DNS message is long.
  static final int MOST_BYTES = 1 << 16;

  private static final int FIRST_BYTES = 2_048;

  private final BitSet filled = new BitSet();
  private byte[] bytes = new byte[FIRST_BYTES];
  private long beginSequence;

  /// @param beginSequence of the first byte
  SegmentBuffer(long beginSequence) {
    this.beginSequence = beginSequence;
  }

  /// Adds a segment. What lies before the begin or too far behind it is left out.
  void add(long sequence, ByteView frame, int from, int end) {
    int at = (int) (sequence - beginSequence);
    int skip = Math.max(0, -at);
    int start = at + skip;
    int count = Math.min(end - from - skip, MOST_BYTES - start);
    if (count > 0 && start <= MOST_BYTES) {
      grow(start + count);
      frame.copyTo(bytes, start, from + skip, count);
      filled.set(start, start + count);
    }
  }

  private void grow(int size) {
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(size, bytes.length * 2));
    }
  }

  /// How many bytes there are without a gap.
  int available() {
    return filled.nextClearBit(0);
  }

  /// Whether no more can come: it is full.
  boolean isFull() {
    return available() >= MOST_BYTES;
  }

  /// Moves a view over what there is without a gap.
  ByteView view(ByteView view) {
    return view.over(bytes, 0, available());
  }

  /// Drops bytes at the begin, which were read.
  void discard(int count) {
    int end = filled.length();
    System.arraycopy(bytes, count, bytes, 0, end - count);
    BitSet rest = filled.get(count, end);
    filled.clear();
    filled.or(rest);
    beginSequence = (beginSequence + count) & 0xFFFF_FFFFL;
  }
}
