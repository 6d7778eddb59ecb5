package dev.sonde.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Keeps a home directory to one process. The system lets go of the lock when the process ends,
/// however it ends; what the file says is only for the message to the next one.
final class HomeLock implements AutoCloseable {

  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the lock and writes the process id into it.
  ///
  /// @throws LaunchException if another process holds it, whose id is named, or if the home can not
  ///     be written
  static HomeLock take(Home home) throws LaunchException {
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel = FileChannel.open(home.lockFile(), CREATE, READ, WRITE);
      if (channel.tryLock() == null) {
        throw inUse(home);
      }
      taken = true;
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII)), 0);
      return new HomeLock(channel);
    } catch (OverlappingFileLockException e) {
      throw inUse(home);
    } catch (IOException e) {
      throw home.unusable(e);
    } finally {
      if (!taken && channel != null) {
        closeQuietly(channel);
      }
    }
  }

  private static LaunchException inUse(Home home) {
    return new LaunchException(
        ExitCode.IN_USE,
        "home directory %s is in use by %s. Stop that one, or name another with --home DIR."
            .formatted(home.directory(), holder(home.lockFile())));
  }

  private static String holder(Path file) {
    try {
      String pid = Files.readString(file, US_ASCII).strip();
      return pid.isEmpty() ? "another process" : "process " + pid;
    } catch (IOException e) {
      return "another process";
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock was not taken, and the process is about to end.
    }
  }

  /// Lets go. The file stays: to delete it would race with the next one's lock.
  @Override
  public void close() throws IOException {
    channel.truncate(0);
    channel.close();
  }
}
