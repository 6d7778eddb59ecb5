package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Console console =
      new Console(() -> new PrintStream(printed, false, StandardCharsets.UTF_8));

  @Test
  void shouldPrintWhatTheRulesWant() {
    console.use(ConsoleRules.parse(List.of("a/*")));
    console.event("a/B", Level.INFO, line("shown"));
    console.event("c/D", Level.INFO, line("hidden"));
    console.flush();

    assertThat(printed()).isEqualTo("shown\n");
    assertThat(console.shown()).isEqualTo(1);
  }

  @Test
  void shouldFollowNewRulesAndNewWidth() {
    console.use(ConsoleRules.parse(List.of("*:off")));
    console.event("a/B", Level.ERROR, line("hidden"));
    console.use(ConsoleRules.parse(List.of("*")));
    console.use(new Terminal(false, 4));
    console.event("a/B", Level.INFO, line("too long"));
    console.flush();

    assertThat(printed()).isEqualTo("too…\n");
  }

  @Test
  void shouldShowWarningsToTheirEnd() {
    console.use(ConsoleRules.parse(List.of("*")));
    console.use(new Terminal(false, 4));
    console.event("a/B", Level.WARNING, line("disk full; delete something"));
    console.flush();

    assertThat(printed()).isEqualTo("disk full; delete something\n");
  }

  @Test
  void shouldShowNoticesWithoutARule() {
    console.notice(line("disk full"));
    console.flush();

    assertThat(printed()).isEqualTo("disk full\n");
  }

  @Test
  void shouldNotHoldMoreThanAScreenful() {
    console.notice(line("x".repeat(20_000)));

    assertThat(printed()).hasSize(20_001);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private static StyledLine line(String text) {
    return new StyledLine().add(text, Style.PLAIN);
  }
}
