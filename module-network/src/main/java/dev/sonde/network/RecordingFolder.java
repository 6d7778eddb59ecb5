package dev.sonde.network;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The files of recordings: named by their begin, the oldest deleted when they are too much.
///
/// @param path of the folder, made when it is needed
/// @param keepBytes how much all files together may hold, one that is being written included
record RecordingFolder(Path path, long keepBytes) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int MOST_A_SECOND = 10_000;

  /// A name that no file has yet.
  ///
  /// @param now the wall clock's time
  /// @param suffix how it ends, without a dot
  Path next(Instant now, String suffix) throws IOException {
    Files.createDirectories(path);
    String begin = "capture-" + TIME.format(now);
    for (int number = 0; number < MOST_A_SECOND; number++) {
      Path file = path.resolve("%s-%04d.%s".formatted(begin, number, suffix));
      if (!Files.exists(file)) {
        return file;
      }
    }
    throw new FileAlreadyExistsException(begin + "-*." + suffix);
  }

  static OutputStream create(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /// Deletes the oldest files until there is room for another one. Only what recordings wrote.
  ///
  /// @param bytes how much the next file may hold
  void makeRoom(long bytes) throws IOException {
    List<Path> files = files();
    long total = bytes;
    for (Path file : files) {
      total += Files.size(file);
    }
    for (Path oldest : files) {
      if (total > keepBytes) {
        total -= Files.size(oldest);
        Files.delete(oldest);
      }
    }
  }

  /// Oldest first.
  List<Path> files() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(file -> isRecording(file.getFileName().toString())).sorted().toList();
    }
  }

  private static boolean isRecording(String name) {
    return name.matches("capture-\\d{8}T\\d{6}Z-\\d{4}\\.pcap(ng)?");
  }
}
