package dev.sonde.logger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Mends a file of lines whose writer was killed or ran out of room: a last line without its end is
/// cut off, so that every line of the file is whole.
final class WholeLines {

  private static final int CHUNK_BYTES = 8 * 1024;

  private WholeLines() {}

  /// Mends a file, if there is one.
  ///
  /// @return how many bytes were cut off
  static long mend(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return 0;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      long whole = endOfLastLine(channel, size);
      if (whole < size) {
        channel.truncate(whole);
      }
      return size - whole;
    }
  }

  private static long endOfLastLine(FileChannel channel, long size) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
    long end = size;
    while (end > 0) {
      long start = Math.max(0, end - CHUNK_BYTES);
      read(channel, chunk.clear().limit((int) (end - start)), start);
      for (int i = chunk.limit() - 1; i >= 0; i--) {
        if (chunk.get(i) == '\n') {
          return start + i + 1;
        }
      }
      end = start;
    }
    return 0;
  }

  private static void read(FileChannel channel, ByteBuffer into, long from) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, from + into.position()) < 0) {
        throw new IOException("the file shrank while it was read");
      }
    }
  }
}
