package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotatedFilesTest {

  @TempDir Path directory;

  @Test
  void shouldCountOn() throws IOException {
    RotatedFiles rotated = new RotatedFiles(directory, "events");

    assertThat(rotated.next()).hasFileName("events-000001.jsonl");
    make("events-000009.jsonl", "events-000010.jsonl");
    assertThat(rotated.next()).hasFileName("events-000011.jsonl");
    make("events-999999.jsonl");
    assertThat(rotated.next()).hasFileName("events-1000000.jsonl");
  }

  @Test
  void shouldDeleteTheOldestOnly() throws IOException {
    make("events-000001.jsonl", "events-000002.jsonl", "events-1000000.jsonl");

    new RotatedFiles(directory, "events").keep(2, Long.MAX_VALUE);

    assertThat(directory)
        .isDirectoryNotContaining("glob:**/events-000001.jsonl")
        .isDirectoryContaining("glob:**/events-000002.jsonl")
        .isDirectoryContaining("glob:**/events-1000000.jsonl");
  }

  @Test
  void shouldNotTouchWhatIsNotItsOwn() throws IOException {
    make("events.jsonl", "events-1.jsonl", "events-000001.jsonl.bak", "notes.txt");

    new RotatedFiles(directory, "events").keep(0, 0);

    assertThat(directory.toFile().list()).hasSize(4);
  }

  @Test
  void shouldDeleteTheOldestOfTooManyBytes() throws IOException {
    Files.writeString(directory.resolve("events-000001.jsonl.gz"), "old");
    Files.writeString(directory.resolve("events-000002.jsonl.gz"), "12345");
    Files.writeString(directory.resolve("events-000003.jsonl"), "12345");

    new RotatedFiles(directory, "events").keep(9, 12);

    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("events-000002.jsonl.gz", "events-000003.jsonl");
  }

  @Test
  void shouldCompressAndLeaveEachFileWhole() throws IOException {
    String text = "line\n".repeat(100_000);
    Files.writeString(directory.resolve("events-000001.jsonl"), text);
    RotatedFiles rotated = new RotatedFiles(directory, "events");
    rotated.compress(() -> true);
    assertThat(directory.toFile().list()).containsExactly("events-000001.jsonl");
    AtomicInteger asked = new AtomicInteger();
    rotated.compress(() -> asked.incrementAndGet() > 3);
    assertThat(asked).hasValue(4);
    assertThat(directory.toFile().list()).containsExactly("events-000001.jsonl");

    rotated.compress(() -> false);
    assertThat(directory.toFile().list()).containsExactly("events-000001.jsonl.gz");
    assertThat(unpacked("events-000001.jsonl.gz")).isEqualTo(text);
    assertThat(rotated.next()).hasFileName("events-000002.jsonl");
  }

  @Test
  void shouldFinishWhatAKilledProcessBegan() throws IOException {
    Files.writeString(directory.resolve("events-000001.jsonl"), "both");
    Files.writeString(directory.resolve("events-000001.jsonl.gz"), "whole");
    Files.writeString(directory.resolve("events-000002.jsonl"), "begun");
    Files.writeString(directory.resolve("events-000002.jsonl.gz.new"), "half");

    new RotatedFiles(directory, "events").compress(() -> false);

    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("events-000001.jsonl.gz", "events-000002.jsonl.gz");
    assertThat(directory.resolve("events-000001.jsonl.gz")).hasContent("whole");
    assertThat(unpacked("events-000002.jsonl.gz")).isEqualTo("begun");
  }

  private String unpacked(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(directory.resolve(name)))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void make(String... names) throws IOException {
    for (String name : names) {
      Files.createFile(directory.resolve(name));
    }
  }
}
