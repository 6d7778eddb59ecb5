package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void shouldColourAndCutOnATerminal() {
    assertThat(Terminal.of(Map.of("COLUMNS", "80"), true, ColorMode.AUTO, 0))
        .isEqualTo(new Terminal(true, 80));
  }

  @Test
  void shouldNeitherColourNorCutIntoAPipe() {
    assertThat(Terminal.of(Map.of("COLUMNS", "80"), false, ColorMode.AUTO, 0))
        .isEqualTo(new Terminal(false, Terminal.UNLIMITED));
  }

  @Test
  void shouldRespectNoColor() {
    assertThat(Terminal.of(Map.of("NO_COLOR", "1"), true, ColorMode.AUTO, 0).color()).isFalse();
    assertThat(Terminal.of(Map.of("NO_COLOR", ""), true, ColorMode.AUTO, 0).color()).isTrue();
    assertThat(Terminal.of(Map.of("TERM", "dumb"), true, ColorMode.AUTO, 0).color()).isFalse();
  }

  @Test
  void shouldFollowTheWindow() {
    Terminal terminal = Terminal.of(Map.of("COLUMNS", "100"), true, ColorMode.AUTO, 0);

    assertThat(terminal.resized(72)).isEqualTo(new Terminal(true, 72));
    assertThat(terminal.resized(WindowSize.UNKNOWN)).isEqualTo(terminal);
    assertThat(new WindowSize().columns()).isNotNegative();
  }

  @Test
  void shouldDoWhatTheConfigurationSays() {
    assertThat(Terminal.of(Map.of("NO_COLOR", "1"), false, ColorMode.ALWAYS, 60))
        .isEqualTo(new Terminal(true, 60));
    assertThat(Terminal.of(Map.of(), true, ColorMode.NEVER, 60)).isEqualTo(new Terminal(false, 60));
  }

  @Test
  void shouldSurviveAWidthThatIsNone() {
    assertThat(Terminal.of(Map.of("COLUMNS", "wide"), true, ColorMode.AUTO, 0).columns())
        .isEqualTo(120);
    assertThat(Terminal.of(Map.of("COLUMNS", "99999999999"), true, ColorMode.AUTO, 0).columns())
        .isEqualTo(120);
  }
}
