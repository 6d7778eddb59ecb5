package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedFilesTest {

  @TempDir Path directory;

  @Test
  void shouldCountOn() throws IOException {
    RotatedFiles rotated = new RotatedFiles(directory);

    assertThat(rotated.next()).hasFileName("events-000001.jsonl");
    make("events-000009.jsonl", "events-000010.jsonl");
    assertThat(rotated.next()).hasFileName("events-000011.jsonl");
    make("events-999999.jsonl");
    assertThat(rotated.next()).hasFileName("events-1000000.jsonl");
  }

  @Test
  void shouldDeleteTheOldestOnly() throws IOException {
    make("events-000001.jsonl", "events-000002.jsonl", "events-1000000.jsonl");

    new RotatedFiles(directory).keep(2);

    assertThat(directory)
        .isDirectoryNotContaining("glob:**/events-000001.jsonl")
        .isDirectoryContaining("glob:**/events-000002.jsonl")
        .isDirectoryContaining("glob:**/events-1000000.jsonl");
  }

  @Test
  void shouldNotTouchWhatIsNotItsOwn() throws IOException {
    make("events.jsonl", "events-1.jsonl", "events-000001.jsonl.bak", "notes.txt");

    new RotatedFiles(directory).keep(0);

    assertThat(directory.toFile().list()).hasSize(4);
  }

  private void make(String... names) throws IOException {
    for (String name : names) {
      Files.createFile(directory.resolve(name));
    }
  }
}
