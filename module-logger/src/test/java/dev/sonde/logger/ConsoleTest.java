package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private long now;
  private final Console console =
      new Console(
          () -> new PrintStream(printed, false, StandardCharsets.UTF_8),
          new LineFormat(ZoneOffset.UTC),
          () -> now);

  @Test
  void shouldPrintWhatTheRulesWant() {
    console.use(TopicRules.parse(List.of("a/*")));
    console.event(heard("a/B", Level.INFO, "shown"));
    console.event(heard("c/D", Level.INFO, "hidden"));
    console.flush();

    assertThat(printed()).endsWith(" text=shown\n").doesNotContain("hidden");
    assertThat(console.shown()).isEqualTo(1);
  }

  @Test
  void shouldFollowNewRulesAndNewWidth() {
    console.use(TopicRules.parse(List.of("*:off")));
    console.event(heard("a/B", Level.ERROR, "hidden"));
    console.use(TopicRules.parse(List.of("*")));
    console.use(new Terminal(false, 13));
    console.event(heard("a/B", Level.INFO, "too long"));
    console.flush();

    assertThat(printed()).isEqualTo("12:00:00.250…\n");
  }

  @Test
  void shouldShowWarningsToTheirEnd() {
    console.use(TopicRules.parse(List.of("*")));
    console.use(new Terminal(false, 4));
    console.event(heard("a/B", Level.WARNING, "delete_something"));
    console.flush();

    assertThat(printed()).endsWith(" text=delete_something\n");
  }

  @Test
  void shouldFoldABurst() {
    console.use(TopicRules.parse(List.of("*")));
    console.foldAfter(2);
    for (int i = 1; i <= 312; i++) {
      console.event(heard("a/B", Level.INFO, "n" + i));
    }
    assertThat(console.isFolding()).isTrue();
    now += Bursts.WINDOW.toNanos();
    console.foldDue();
    console.flush();

    assertThat(printed().lines())
        .extracting(line -> line.substring(45).strip())
        .containsExactly("text=n1", "text=n2", "× 312 in 1 s, the last: text=n312");
    assertThat(console.isFolding()).isFalse();
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

  private static Heard heard(String topic, Level level, String text) {
    long micros = Samples.NOON.toEpochMilli() * 1_000;
    return new Heard(micros, "network", topic, level, Map.of("text", text));
  }

  private static StyledLine line(String text) {
    return new StyledLine().add(text, Style.PLAIN);
  }
}
