package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicRulesTest {

  @Test
  void shouldLetTheNarrowestRuleDecide() {
    TopicRules rules =
        TopicRules.parse(List.of("*", "sonde/network/*:error", " sonde/network/ARP:Info "));

    assertThat(rules.want("com/acme/ANY", Level.INFO)).isTrue();
    assertThat(rules.want("sonde/network/dns/QUERY", Level.WARNING)).isFalse();
    assertThat(rules.want("sonde/network/dns/QUERY", Level.ERROR)).isTrue();
    assertThat(rules.want("sonde/network/ARP", Level.INFO)).isTrue();
  }

  @Test
  void shouldShowNothingOfWhatIsOff() {
    TopicRules rules = TopicRules.parse(List.of("*", "a/B:off"));

    assertThat(rules.want("a/B", Level.ERROR)).isFalse();
  }

  @Test
  void shouldShowNothingWithoutARule() {
    assertThat(TopicRules.parse(List.of("")).want("a/B", Level.ERROR)).isFalse();
    assertThat(TopicRules.parse(List.of("a/*")).want("b/B", Level.ERROR)).isFalse();
  }

  @Test
  void shouldHideTicksByDefault() {
    TopicRules rules = TopicRules.parse(List.of(LoggerConfig.CONSOLE.split(",")));

    assertThat(rules.want("sonde/network/STATISTICS", Level.INFO)).isFalse();
    assertThat(rules.want("sonde/input/SWITCH", Level.INFO)).isFalse();
    assertThat(rules.want("sonde/network/dns/QUERY", Level.INFO)).isTrue();
  }

  @Test
  void shouldSayWhatIsWrong() {
    assertThatThrownBy(() -> TopicRules.parse(List.of("a/B:loud")))
        .hasMessage("'loud' is no level; write info, warning, error or off");
    assertThatThrownBy(() -> TopicRules.parse(List.of("a/**")))
        .hasMessageContaining("'a/**' is no topic pattern");
  }
}
