package dev.sonde.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/// Keeps a home directory to one process. The system lets go of the lock when the process ends,
/// however it ends. What the file says is for others to read: which process that is, and how far
/// it has come; a run that did not end in order leaves it there.
final class HomeLock implements AutoCloseable {

  private static final int ATTEMPTS = 10;
  private static final long PAUSE_MILLIS = 20;

  private final FileChannel channel;

  private HomeLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the lock, and writes down that this process starts.
  ///
  /// @throws LaunchException if another process holds it, whose id is named, or if the home can not
  ///     be written
  static HomeLock take(Home home) throws LaunchException {
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel = FileChannel.open(home.lockFile(), CREATE, READ, WRITE);
      if (!takePatiently(channel)) {
        throw inUse(home);
      }
      taken = true;
      HomeLock lock = new HomeLock(channel);
      lock.note(Stage.STARTING);
      return lock;
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

  /// Whoever asks whether the lock is held holds it himself for a moment.
  private static boolean takePatiently(FileChannel channel) throws IOException {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      if (channel.tryLock() != null) {
        return true;
      }
      Pause.millis(PAUSE_MILLIS);
    }
    return channel.tryLock() != null;
  }

  /// Writes down how far this process has come. The lock holds also where that can not be written:
  /// the disk may be full.
  void note(Stage stage) {
    String text = new Occupant(ProcessHandle.current().pid(), stage).toString();
    try {
      channel.write(ByteBuffer.wrap(text.getBytes(US_ASCII)), 0);
      channel.truncate(text.length());
    } catch (IOException e) {
      System.err.println("sonde: the lock file can not be written: " + e.getMessage());
    }
  }

  /// Who uses a home now.
  static Optional<Occupant> occupant(Home home) throws LaunchException {
    return isHeld(home) ? Optional.of(written(home).orElse(Occupant.UNKNOWN)) : Optional.empty();
  }

  /// Who used a home and did not end in order, if nobody uses it now.
  static Optional<Occupant> broken(Home home) throws LaunchException {
    return isHeld(home) ? Optional.empty() : written(home);
  }

  private static boolean isHeld(Home home) throws LaunchException {
    try (FileChannel channel = FileChannel.open(home.lockFile(), READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw home.unusable(e);
    }
  }

  private static Optional<Occupant> written(Home home) {
    try {
      return Occupant.parse(Files.readString(home.lockFile(), US_ASCII));
    } catch (IOException e) {
      // Not written yet, or by somebody whose files may not be read.
      return Optional.empty();
    }
  }

  private static LaunchException inUse(Home home) {
    return new LaunchException(
        ExitCode.IN_USE,
        "home directory %s is in use by %s. Stop that one, or name another with --home DIR."
            .formatted(home.directory(), written(home).orElse(Occupant.UNKNOWN).process()));
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
