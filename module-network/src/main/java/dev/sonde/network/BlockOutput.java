package dev.sonde.network;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes a file block by block, each made in a buffer that all of them share.
final class BlockOutput implements AutoCloseable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private ByteBuffer block = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);
  private long bytes;

  /// @param out is closed with this
  BlockOutput(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
  }

  /// An empty block, little-endian.
  ///
  /// @param length how many bytes it has room for, at least
  ByteBuffer begin(int length) {
    if (length > block.capacity()) {
      block = ByteBuffer.allocate(length * 2).order(ByteOrder.LITTLE_ENDIAN);
    }
    return block.clear();
  }

  /// Writes the block that was begun last, as far as it was filled.
  void end() throws IOException {
    out.write(block.array(), 0, block.position());
    bytes += block.position();
  }

  /// How many bytes were written, with those that are not flushed yet.
  long bytes() {
    return bytes;
  }

  void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
