package dev.sonde.network;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads blocks of a stream through one buffer that grows to the longest block. What it hands out
/// is good until the next read.
final class ByteReader {

  /// More than any frame that libpcap captures (its `MAXIMUM_SNAPLEN`), and than any sane block.
  static final int LONGEST_FRAME_BYTES = 262_144;

  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  ByteReader(InputStream in) {
    this.in = in;
  }

  void order(ByteOrder order) {
    buffer.order(order);
  }

  /// Makes so many bytes the next ones of [#buffer], unread.
  ///
  /// @throws EOFException if there are fewer
  void need(int count) throws IOException {
    if (buffer.remaining() < count && !fill(count)) {
      throw new EOFException();
    }
  }

  /// The bytes that are there, from the buffer's position. Reading moves on in the stream.
  ByteBuffer buffer() {
    return buffer;
  }

  /// Moves a frame over the next bytes and passes over them. They must be there.
  void hand(int count, Frame frame) {
    frame.over(buffer.array(), buffer.position(), count);
    buffer.position(buffer.position() + count);
  }

  /// Whether the stream is at its end.
  boolean atEnd() throws IOException {
    return !buffer.hasRemaining() && !fill(1);
  }

  /// Passes over so many bytes.
  ///
  /// @throws EOFException if there are fewer
  void skip(long count) throws IOException {
    int here = (int) Math.min(count, buffer.remaining());
    buffer.position(buffer.position() + here);
    in.skipNBytes(count - here);
  }

  /// Reads only as much as comes without waiting, beyond what is asked for: a stream may be live.
  ///
  /// @return false if the stream ends before
  private boolean fill(int count) throws IOException {
    makeRoom(count);
    while (buffer.remaining() < count) {
      int end = buffer.limit();
      int read = in.read(buffer.array(), end, buffer.capacity() - end);
      if (read < 0) {
        return false;
      }
      buffer.limit(end + read);
    }
    return true;
  }

  private void makeRoom(int count) {
    ByteBuffer roomy =
        count <= buffer.capacity()
            ? buffer.duplicate().clear().limit(buffer.remaining())
            : ByteBuffer.allocate(Integer.highestOneBit(count) * 2).limit(buffer.remaining());
    System.arraycopy(buffer.array(), buffer.position(), roomy.array(), 0, buffer.remaining());
    buffer = roomy.order(buffer.order());
  }
}
