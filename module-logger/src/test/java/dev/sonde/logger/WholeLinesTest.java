package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeLinesTest {

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("events.jsonl");
  }

  @Test
  void shouldLeaveWholeFilesAlone() throws IOException {
    assertMended("one\ntwo\n", "one\ntwo\n");
    assertMended("", "");
  }

  @Test
  void shouldCutAHalfLastLine() throws IOException {
    assertMended("one\ntwo\nthr", "one\ntwo\n");
    assertMended("o", "");
  }

  @Test
  void shouldCutZeroesThatAPowerCutLeft() throws IOException {
    assertMended("one\n" + "\0".repeat(5_000), "one\n");
  }

  @Test
  void shouldFindTheLastLineFarFromTheEnd() throws IOException {
    String half = "x".repeat(30_000);

    assertMended("one\n" + half, "one\n");
    assertMended(half, "");
  }

  @Test
  void shouldFindALineThatEndsAtAnyPlaceInAChunk() throws IOException {
    for (int half = 8_190; half <= 8_194; half++) {
      assertMended("one\n" + "x".repeat(half), "one\n");
    }
  }

  @Test
  void shouldDoNothingWithoutAFile() throws IOException {
    assertThat(WholeLines.mend(file)).isZero();
    assertThat(file).doesNotExist();
  }

  private void assertMended(String before, String after) throws IOException {
    Files.writeString(file, before);

    assertThat(WholeLines.mend(file)).isEqualTo(before.length() - after.length());
    assertThat(file).hasContent(after).hasSize(after.length());
  }
}
