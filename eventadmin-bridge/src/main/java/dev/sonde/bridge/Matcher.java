package dev.sonde.bridge;

import dev.sonde.bus.Event;
import dev.sonde.bus.TopicPattern;
import java.util.List;

/// Which events an inbox takes. Two that are equal match the same.
interface Matcher {

  /// Matches nothing.
  Matcher NOTHING = (eventClass, topic) -> false;

  /// Whether events of this class on this topic match.
  boolean matches(Class<? extends Event> eventClass, String topic);

  /// Whether events of this class match on some topic, at most.
  default boolean mayMatch(Class<? extends Event> eventClass) {
    return true;
  }

  /// The topics and prefixes that match, all of them and nothing else; empty if it depends on more.
  default List<TopicPattern> index() {
    return List.of();
  }

  /// What takes the place of this while the module is away.
  default Matcher whileAway() {
    return this;
  }
}
