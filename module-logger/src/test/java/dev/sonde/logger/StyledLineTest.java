package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StyledLineTest {

  private static final StyledLine LINE =
      new StyledLine().add("12:00", Style.DIM).add(" name", Style.PLAIN).add("=東京", Style.RED);

  @Test
  void shouldBePlainWithoutColour() {
    assertThat(LINE.plain()).isEqualTo("12:00 name=東京");
  }

  @Test
  void shouldSwitchEveryColourOffAgain() {
    assertThat(LINE.render(true, Terminal.UNLIMITED))
        .isEqualTo("\u001b[2m12:00\u001b[m name\u001b[31m=東京\u001b[m");
  }

  @Test
  void shouldFillTheTerminalExactly() {
    assertThat(LINE.render(false, 15)).isEqualTo("12:00 name=東京");
  }

  @Test
  void shouldNotSplitWideCharacters() {
    assertThat(LINE.render(false, 14)).isEqualTo("12:00 name=東…");
    assertThat(LINE.render(false, 13)).isEqualTo("12:00 name=…");
  }

  @Test
  void shouldNotCountTheColoursAsWidth() {
    assertThat(LINE.render(true, 8)).isEqualTo("\u001b[2m12:00\u001b[m n…");
  }

  @Test
  void shouldCountCombiningMarksAsNothing() {
    assertThat(new StyledLine().add("e\u0301a", Style.PLAIN).render(false, 2))
        .isEqualTo("e\u0301a");
  }

  @Test
  void shouldFitTheNarrowestTerminal() {
    assertThat(LINE.render(false, 1)).isEqualTo("…");
  }
}
