package dev.sonde.bridge;

import dev.sonde.bridge.Waiting.Identified;
import dev.sonde.bus.Envelope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The last event of each topic and key that is marked so, bounded. Guarded by the bus's order
/// lock.
final class RetainedEvents {

  static final int CAPACITY = 1024;

  private final LinkedHashMap<Object, Envelope> last = new LinkedHashMap<>();

  void put(Object identity, Envelope envelope) {
    last.putLast(identity, envelope);
    if (last.size() > CAPACITY) {
      last.pollFirstEntry();
    }
  }

  /// Those that match, oldest first.
  List<Identified> matching(Matcher matcher) {
    return last.entrySet().stream()
        .map(entry -> new Identified(entry.getValue(), entry.getKey()))
        .filter(event -> matches(matcher, event.envelope()))
        .toList();
  }

  private static boolean matches(Matcher matcher, Envelope envelope) {
    return matcher.matches(envelope.event().getClass(), envelope.topic());
  }

  /// The sequences of those that fit.
  Set<Long> sequences(Predicate<Envelope> condition) {
    return last.values().stream()
        .filter(condition)
        .map(Envelope::sequence)
        .collect(Collectors.toUnmodifiableSet());
  }

  int size() {
    return last.size();
  }

  void removeIf(Predicate<Envelope> condition) {
    last.values().removeIf(condition);
  }
}
