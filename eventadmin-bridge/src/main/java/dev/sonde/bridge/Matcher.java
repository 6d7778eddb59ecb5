package dev.sonde.bridge;

import dev.sonde.bus.Event;

/// Which events an inbox takes.
@FunctionalInterface
interface Matcher {

  /// Whether events of this class on this topic match.
  boolean matches(Class<? extends Event> eventClass, String topic);
}
