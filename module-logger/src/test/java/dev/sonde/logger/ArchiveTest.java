package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {

  private static final int LINES = 500_000;

  @TempDir Path directory;
  private final List<String> notes = new ArrayList<>();

  /// Half a million lines as fast as they can be written, 100 rotations, files compressed
  /// meanwhile.
  @Test
  void shouldLoseNoLineWhileFilesAreCompressed() throws IOException {
    Archive archive = new Archive(List.of(new RotatedFiles(directory, "events")), notes::add);
    LogFile log = new LogFile(directory, "events", new Told(), archive::request);
    log.use(new LogFile.Limits(100_000, Duration.ZERO, 1_000, Long.MAX_VALUE));
    for (int i = 0; i < LINES; i++) {
      log.append("{\"seq\":" + i + "}");
    }
    log.close();
    archive.close();
    new RotatedFiles(directory, "events").compress(() -> false);

    List<String> all = lines();
    assertThat(all).hasSize(LINES);
    for (int i = 0; i < LINES; i++) {
      assertThat(all.get(i)).isEqualTo("{\"seq\":" + i + "}");
    }
    assertThat(log.lost()).isZero();
    assertThat(notes).isEmpty();
  }

  @Test
  void shouldCompressAgainAfterItHadNothingToDo() throws Exception {
    try (Archive archive =
        new Archive(List.of(new RotatedFiles(directory, "events")), notes::add)) {
      for (int number = 1; number <= 3; number++) {
        Path file = directory.resolve("events-00000" + number + ".jsonl");
        Files.writeString(file, "line\n");
        archive.request();
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (Files.exists(file) && System.nanoTime() < end) {
          Thread.sleep(5);
        }
        assertThat(file).doesNotExist();
        assertThat(Path.of(file + ".gz")).exists();
      }
    }
    assertThat(notes).isEmpty();
  }

  private List<String> lines() throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.sorted().toList()) {
        boolean packed = file.toString().endsWith(".gz");
        try (InputStream in = Files.newInputStream(file);
            InputStream plain = packed ? new GZIPInputStream(in) : in) {
          new String(plain.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(all::add);
        }
      }
    }
    return all;
  }
}
