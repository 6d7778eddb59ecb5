package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleRulesTest {

  @Test
  void shouldLetTheNarrowestRuleDecide() {
    ConsoleRules rules =
        ConsoleRules.parse(List.of("*", "sonde/network/*:error", " sonde/network/ARP:Info "));

    assertThat(rules.shows("com/acme/ANY", Level.INFO)).isTrue();
    assertThat(rules.shows("sonde/network/dns/QUERY", Level.WARNING)).isFalse();
    assertThat(rules.shows("sonde/network/dns/QUERY", Level.ERROR)).isTrue();
    assertThat(rules.shows("sonde/network/ARP", Level.INFO)).isTrue();
  }

  @Test
  void shouldShowNothingOfWhatIsOff() {
    ConsoleRules rules = ConsoleRules.parse(List.of("*", "a/B:off"));

    assertThat(rules.shows("a/B", Level.ERROR)).isFalse();
  }

  @Test
  void shouldShowNothingWithoutARule() {
    assertThat(ConsoleRules.parse(List.of("")).shows("a/B", Level.ERROR)).isFalse();
    assertThat(ConsoleRules.parse(List.of("a/*")).shows("b/B", Level.ERROR)).isFalse();
  }

  @Test
  void shouldHideTicksByDefault() {
    ConsoleRules rules = ConsoleRules.parse(List.of(LoggerConfig.CONSOLE.split(",")));

    assertThat(rules.shows("sonde/network/STATISTICS", Level.INFO)).isFalse();
    assertThat(rules.shows("sonde/input/SWITCH", Level.INFO)).isFalse();
    assertThat(rules.shows("sonde/network/dns/QUERY", Level.INFO)).isTrue();
  }

  @Test
  void shouldSayWhatIsWrong() {
    assertThatThrownBy(() -> ConsoleRules.parse(List.of("a/B:loud")))
        .hasMessage("'loud' is no level; write info, warning, error or off");
    assertThatThrownBy(() -> ConsoleRules.parse(List.of("a/**")))
        .hasMessageContaining("'a/**' is no topic pattern");
  }
}
