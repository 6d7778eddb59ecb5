package dev.sonde.logger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// The files that were full: `events-000001.jsonl.gz` and so on, the highest number the newest;
/// those that are not compressed yet are without `.gz`. Numbers rather than times, since the clock
/// of a small device may start anywhere.
final class RotatedFiles {

  private static final int CHUNK_BYTES = 64 * 1024;

  private final Path directory;
  private final String base;
  private final Pattern name;

  private record Numbered(long number, Path file) {

    boolean isCompressed() {
      return file.toString().endsWith(".gz");
    }
  }

  /// @param base what the names begin with
  RotatedFiles(Path directory, String base) {
    this.directory = directory;
    this.base = base;
    this.name = Pattern.compile(Pattern.quote(base) + "-(\\d{6,18})\\.jsonl(?:\\.gz)?");
  }

  /// The file that the next full one becomes.
  Path next() throws IOException {
    List<Numbered> present = present();
    long number = present.isEmpty() ? 1 : present.getLast().number + 1;
    return directory.resolve("%s-%06d.jsonl".formatted(base, number));
  }

  /// Deletes the oldest, so that no more than these many remain, and no more than these bytes.
  void keep(int count, long bytes) throws IOException {
    List<Numbered> newestFirst = present().reversed();
    long used = 0;
    for (int i = 0; i < newestFirst.size(); i++) {
      Path file = newestFirst.get(i).file;
      used += size(file);
      if (i >= count || used > bytes) {
        Files.deleteIfExists(file);
      }
    }
  }

  /// Another thread may compress it meanwhile, or delete it.
  private static long size(Path file) {
    return file.toFile().length();
  }

  /// Compresses what is not compressed yet, oldest first. A file is there under one of its names at
  /// any moment, and whole, also on the disk: what it holds outlives a loss of power.
  ///
  /// @param cancelled asked between chunks
  void compress(BooleanSupplier cancelled) throws IOException {
    for (Numbered each : present()) {
      if (!each.isCompressed() && !cancelled.getAsBoolean()) {
        compress(each.file, cancelled);
      }
    }
  }

  private void compress(Path file, BooleanSupplier cancelled) throws IOException {
    Path compressed = Path.of(file + ".gz");
    Path unfinished = Path.of(file + ".gz.new");
    try {
      if (Files.notExists(compressed)) {
        if (!copy(file, unfinished, cancelled)) {
          return;
        }
        Disk.syncFile(unfinished);
        Files.move(unfinished, compressed, StandardCopyOption.ATOMIC_MOVE);
        Disk.syncDirectory(directory);
      }
      Files.deleteIfExists(file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static boolean copy(Path from, Path to, BooleanSupplier cancelled) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in = Files.newInputStream(from);
        OutputStream out = new QuickGzip(Files.newOutputStream(to))) {
      int count = in.read(chunk);
      while (count >= 0 && !cancelled.getAsBoolean()) {
        out.write(chunk, 0, count);
        count = in.read(chunk);
      }
      return count < 0;
    }
  }

  /// Somewhat larger than by default, in a third of the time: a small device has other things to
  /// do.
  private static final class QuickGzip extends GZIPOutputStream {

    private static final int LEVEL = 3;

    QuickGzip(OutputStream out) throws IOException {
      super(out, CHUNK_BYTES);
      def.setLevel(LEVEL);
    }
  }

  Path directory() {
    return directory;
  }

  private List<Numbered> present() throws IOException {
    List<Numbered> found = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return found;
    }
    try (Stream<Path> files = Files.list(directory)) {
      files.forEach(
          file -> {
            Matcher matcher = name.matcher(file.getFileName().toString());
            if (matcher.matches()) {
              found.add(new Numbered(Long.parseLong(matcher.group(1)), file));
            }
          });
    }
    found.sort(Comparator.comparingLong(Numbered::number));
    return found;
  }
}
