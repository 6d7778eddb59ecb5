package dev.sonde.logger;

import dev.sonde.bus.TopicPattern;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Which events are wanted on the console, in the history or in the journal: the rule with the
/// narrowest pattern that matches the topic decides; without a rule, an event is not wanted.
final class TopicRules {

  private record Rule(TopicPattern pattern, Level least) {}

  private static final Comparator<Rule> NARROWEST_FIRST =
      Comparator.comparing((Rule rule) -> rule.pattern.exact())
          .thenComparingInt(rule -> rule.pattern.prefix().length())
          .reversed();

  private final List<Rule> rules;

  private TopicRules(List<Rule> rules) {
    this.rules = rules;
  }

  /// Reads rules, each `PATTERN` or `PATTERN:LEVEL`.
  ///
  /// @throws IllegalArgumentException if one is neither; the message says which and why
  static TopicRules parse(List<String> texts) {
    return new TopicRules(
        texts.stream()
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(TopicRules::rule)
            .sorted(NARROWEST_FIRST)
            .toList());
  }

  private static Rule rule(String text) {
    int colon = text.lastIndexOf(':');
    return colon < 0
        ? new Rule(TopicPattern.of(text), Level.INFO)
        : new Rule(TopicPattern.of(text.substring(0, colon)), level(text.substring(colon + 1)));
  }

  private static Level level(String text) {
    try {
      return Level.valueOf(text.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "'" + text + "' is no level; write info, warning, error or off", unknown);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopicRules that && rules.equals(that.rules);
  }

  @Override
  public int hashCode() {
    return rules.hashCode();
  }

  boolean want(String topic, Level level) {
    for (Rule rule : rules) {
      if (rule.pattern.matches(topic)) {
        return level.compareTo(rule.least) >= 0;
      }
    }
    return false;
  }
}
