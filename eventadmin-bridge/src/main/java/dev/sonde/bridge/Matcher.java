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

  /// The topics without which nothing matches; empty if it depends on more than the topic.
  default List<TopicPattern> index() {
    return List.of();
  }

  /// What takes the place of this while the module is away.
  default Matcher whileAway() {
    return this;
  }
}
