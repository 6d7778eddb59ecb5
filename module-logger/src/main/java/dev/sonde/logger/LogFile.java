package dev.sonde.logger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A file such as `events.jsonl`: whole lines, in one write for many, in files of bounded size and
/// age.
///
/// No method throws for a disk that is full, read-only or gone. That is told once; the lines that
/// can not be written are counted, and writing resumes when the disk has room again. To resume is
/// to open the file anew, which cuts off what was left of a line that did not fit.
///
/// `written + lost + waiting` is the number of lines appended, at any time.
final class LogFile implements AutoCloseable {

  /// How long to leave a disk alone that refused.
  static final Duration RETRY = Duration.ofSeconds(1);

  private static final int BUFFER_BYTES = 64 * 1024;

  /// Opens a file for appending.
  @FunctionalInterface
  interface Opener {
    WritableByteChannel open(Path file) throws IOException;
  }

  /// How much may lie on the disk.
  ///
  /// @param fileBytes the size at which a file is full; a single longer line still goes into one
  /// @param fileAge the age at which a file is put aside, looked at when it is written; zero for
  ///     never
  /// @param keptFiles how many full files are kept beside the one that is written
  /// @param keptBytes how many bytes the kept files may have together
  record Limits(long fileBytes, Duration fileAge, int keptFiles, long keptBytes) {}

  /// What the time is.
  ///
  /// @param nanos for intervals
  /// @param wall for the age of files, which outlives the process
  record Clocks(LongSupplier nanos, InstantSource wall) {

    static final Clocks SYSTEM = new Clocks(System::nanoTime, InstantSource.system());
  }

  private final Path file;
  private final RotatedFiles rotated;
  private final Opener opener;
  private final Clocks clocks;
  private final DiskListener listener;
  private final Runnable rotationDone;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int bufferedBytes;
  private int bufferedLines;
  private Limits limits = new Limits(16L << 20, Duration.ZERO, 9, Long.MAX_VALUE);
  private Instant began = Instant.MAX;
  private @Nullable WritableByteChannel channel;
  private long sizeBytes;
  private long toleratedBytes;
  private long written;
  private long lost;
  private long lostAndTold;
  private boolean durable;
  private boolean refused;
  private long refusedAt;

  /// A file in the file system.
  ///
  /// @param base the file's name without `.jsonl`
  /// @param rotationDone called when a full file was put aside
  LogFile(Path directory, String base, DiskListener listener, Runnable rotationDone) {
    this(directory, base, LogFile::append, Clocks.SYSTEM, listener, rotationDone);
  }

  /// A file of which every line is on the disk before it counts as written.
  static LogFile durable(
      Path directory, String base, DiskListener listener, Runnable rotationDone) {
    LogFile file = new LogFile(directory, base, listener, rotationDone);
    file.durable = true;
    return file;
  }

  LogFile(
      Path directory,
      String base,
      Opener opener,
      Clocks clocks,
      DiskListener listener,
      Runnable rotationDone) {
    this.file = directory.resolve(base + ".jsonl");
    this.rotated = new RotatedFiles(directory, base);
    this.opener = opener;
    this.clocks = clocks;
    this.listener = listener;
    this.rotationDone = rotationDone;
  }

  static WritableByteChannel append(Path file) throws IOException {
    return Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  void use(Limits newLimits) {
    limits = newLimits;
  }

  /// Opens the file, if it is not open, so that what is wrong is told at the start.
  void open() {
    isReady();
  }

  /// Takes a line, to be written with the next [#flush] at the latest.
  ///
  /// @param line without a line break
  void append(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    if (sizeBytes + bufferedBytes + bytes.length > Math.max(limits.fileBytes, toleratedBytes)) {
      flushBuffer();
      rotate();
    }
    if (bufferedBytes + bytes.length > BUFFER_BYTES) {
      flushBuffer();
    }
    if (bytes.length > BUFFER_BYTES) {
      write(ByteBuffer.wrap(bytes), 1);
    } else {
      System.arraycopy(bytes, 0, buffer, bufferedBytes, bytes.length);
      bufferedBytes += bytes.length;
      bufferedLines++;
    }
  }

  /// Hands what waits to the operating system.
  void flush() {
    flushBuffer();
    if (isOld()) {
      rotate();
    }
  }

  private boolean isOld() {
    return !limits.fileAge.isZero()
        && channel != null
        && clocks.wall.instant().minus(limits.fileAge).isAfter(began);
  }

  private void flushBuffer() {
    if (bufferedLines > 0) {
      ByteBuffer data = ByteBuffer.wrap(buffer, 0, bufferedBytes);
      int lines = bufferedLines;
      bufferedBytes = 0;
      bufferedLines = 0;
      write(data, lines);
    }
  }

  @Override
  public void close() {
    flushBuffer();
    letGo();
  }

  private void write(ByteBuffer data, int lines) {
    WritableByteChannel ready = isReady() ? channel : null;
    if (ready == null) {
      lost += lines;
      return;
    }
    int bytes = data.remaining();
    try {
      while (data.hasRemaining()) {
        ready.write(data);
      }
      if (durable) {
        force(ready);
      }
      sizeBytes += bytes;
      written += lines;
      resumed();
    } catch (IOException problem) {
      // Of what could not be synced nobody knows where it is.
      boolean unsynced = durable && !data.hasRemaining();
      int whole = unsynced ? 0 : linesIn(data.flip());
      written += whole;
      lost += lines - whole;
      refuse(problem);
    }
  }

  private static void force(WritableByteChannel channel) throws IOException {
    if (channel instanceof FileChannel real) {
      real.force(false);
    }
  }

  /// Makes sure that what was handed to the operating system is on the disk.
  void sync() {
    WritableByteChannel open = channel;
    if (open != null) {
      try {
        force(open);
      } catch (IOException problem) {
        refuse(problem);
      }
    }
  }

  private static int linesIn(ByteBuffer data) {
    int lines = 0;
    while (data.hasRemaining()) {
      lines += data.get() == '\n' ? 1 : 0;
    }
    return lines;
  }

  /// Whether there is an open file. Somebody may have deleted it, to begin anew; then so do we.
  private boolean isReady() {
    if (channel != null && Files.notExists(file)) {
      letGo();
    }
    if (channel != null) {
      return true;
    }
    return (!refused || clocks.nanos.getAsLong() - refusedAt >= RETRY.toNanos()) && reopen();
  }

  private boolean reopen() {
    try {
      Files.createDirectories(rotated.directory());
      long cut = WholeLines.mend(file);
      channel = opener.open(file);
      if (durable) {
        Disk.syncDirectory(rotated.directory());
      }
      sizeBytes = Files.size(file);
      began = sizeBytes == 0 ? clocks.wall.instant() : birth(file);
      if (cut > 0 && !refused) {
        listener.note(file + " ended within a line; its last " + cut + " bytes were cut off");
      }
      return true;
    } catch (IOException problem) {
      refuse(problem);
      return false;
    }
  }

  private static Instant birth(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).creationTime().toInstant();
  }

  /// A full disk still opens a file; only what was written is proof that it has room again.
  private void resumed() {
    if (refused) {
      refused = false;
      listener.resumed(file, lost - lostAndTold);
      lostAndTold = lost;
    }
  }

  /// A file that can not be moved aside grows on, until it is full once more.
  private void rotate() {
    if (channel == null || sizeBytes == 0) {
      return;
    }
    try {
      Files.move(file, rotated.next());
      letGo();
      sizeBytes = 0;
      toleratedBytes = 0;
      rotated.keep(limits.keptFiles, limits.keptBytes);
      rotationDone.run();
    } catch (IOException problem) {
      toleratedBytes = sizeBytes + limits.fileBytes;
      began = clocks.wall.instant();
      listener.note(file + " was not rotated properly (" + reason(problem) + "); it goes on");
    }
  }

  private void refuse(IOException problem) {
    letGo();
    refusedAt = clocks.nanos.getAsLong();
    if (!refused) {
      refused = true;
      listener.refused(file, reason(problem));
    }
  }

  static String reason(IOException problem) {
    return switch (problem) {
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException refusal when refusal.getReason() != null -> refusal.getReason();
      default -> String.valueOf(problem.getMessage());
    };
  }

  private void letGo() {
    WritableByteChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException problem) {
        listener.note(file + " was not closed properly (" + reason(problem) + ")");
      }
    }
  }

  Path path() {
    return file;
  }

  /// Lines that are in the file.
  long written() {
    return written;
  }

  /// Lines that could not be written and never will be.
  long lost() {
    return lost;
  }

  /// Lines that wait for [#flush].
  int waiting() {
    return bufferedLines;
  }

  /// The size of the file that is being written.
  long sizeBytes() {
    return sizeBytes;
  }

  /// Whether the disk refused and has not yet taken anything again.
  boolean isRefused() {
    return refused;
  }

  RotatedFiles rotated() {
    return rotated;
  }
}
