package dev.sonde.network;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// The bytes of a capture: a file, a FIFO, or standard input.
final class CaptureStream {

  /// What names standard input.
  static final String STANDARD_INPUT = "-";

  private CaptureStream() {}

  /// Opens it. A FIFO makes it wait for somebody who writes.
  ///
  /// @param path a file, a FIFO, or [#STANDARD_INPUT]
  /// @throws CaptureException if there is none, or it may not be read
  static InputStream open(String path) throws CaptureException {
    if (path.equals(STANDARD_INPUT)) {
      return Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel());
    }
    try {
      Path file = Path.of(path);
      if (Files.isDirectory(file)) {
        throw new CaptureException(path + " is a folder", "Give a capture file");
      }
      return Files.newInputStream(file);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw new CaptureException(
          "There is no file " + path,
          "Check the name; a relative one starts at " + Path.of("").toAbsolutePath());
    } catch (AccessDeniedException e) {
      throw new CaptureException(
          "The file " + path + " may not be read", "Allow it: chmod +r " + path);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /// Frees an [#open] that waits at a FIFO for somebody who writes: somebody does, for a moment.
  static void stopWaiting(String path) {
    try {
      Path file = Path.of(path);
      if (Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
        new RandomAccessFile(file.toFile(), "rw").close();
      }
    } catch (IOException | InvalidPathException e) {
      // then nobody waits there
    }
  }

  static CaptureException unreadable(String path, IOException e) {
    return new CaptureException(
        path + " can not be read: " + e.getMessage(), "Check the file and the disk it is on");
  }

  static void closeQuietly(InputStream in) {
    try {
      in.close();
    } catch (IOException e) {
      // what was only read loses nothing
    }
  }
}
