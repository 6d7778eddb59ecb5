package dev.sonde.logger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files that were full: `events-000001.jsonl` and so on, the highest number the newest.
/// Numbers rather than times, since the clock of a small device may start anywhere.
final class RotatedFiles {

  private static final Pattern NAME = Pattern.compile("events-(\\d{6,18})\\.jsonl");

  private final Path directory;

  RotatedFiles(Path directory) {
    this.directory = directory;
  }

  /// The file that the next full one becomes.
  Path next() throws IOException {
    SortedMap<Long, Path> present = byNumber();
    long number = present.isEmpty() ? 1 : present.lastKey() + 1;
    return directory.resolve("events-%06d.jsonl".formatted(number));
  }

  /// Deletes the oldest, so that no more than these many remain.
  void keep(int count) throws IOException {
    List<Path> oldestFirst = List.copyOf(byNumber().values());
    for (Path file : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - count))) {
      Files.deleteIfExists(file);
    }
  }

  Path directory() {
    return directory;
  }

  int count() throws IOException {
    return byNumber().size();
  }

  private SortedMap<Long, Path> byNumber() throws IOException {
    SortedMap<Long, Path> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      files.forEach(
          file -> {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
              found.put(Long.valueOf(name.group(1)), file);
            }
          });
    }
    return found;
  }
}
