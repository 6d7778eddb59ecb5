package dev.sonde.network;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Reads whole blocks of a stream as buffers of one byte order.
final class ByteReader {

  /// More than any frame that libpcap captures (its `MAXIMUM_SNAPLEN`), and than any sane block.
  static final int LONGEST_FRAME_BYTES = 262_144;

  private final InputStream in;
  private ByteOrder order = ByteOrder.BIG_ENDIAN;

  ByteReader(InputStream in) {
    this.in = in;
  }

  void order(ByteOrder fileOrder) {
    order = fileOrder;
  }

  /// Reads exactly so many bytes.
  ///
  /// @throws EOFException if there are fewer
  ByteBuffer read(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return ByteBuffer.wrap(bytes).order(order);
  }

  /// Whether the stream is at its end. Needs a stream that can be marked.
  boolean atEnd() throws IOException {
    in.mark(1);
    int next = in.read();
    in.reset();
    return next < 0;
  }

  /// Passes over so many bytes.
  ///
  /// @throws EOFException if there are fewer
  void skip(long length) throws IOException {
    in.skipNBytes(length);
  }
}
