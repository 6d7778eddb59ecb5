package dev.sonde.bridge.eventadmin;

import dev.sonde.bridge.codec.Codec;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Filter;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;

/// Typed events as plain handlers see them: the components as properties, the record under `event`.
///
/// The first handler that takes an event has it made, on its own thread, and the others that keep
/// up with it find it here: a publisher pays nothing for handlers that do not keep up.
final class TypedViews {

  /// The property that names the topic on which an event left the bus. What comes back on the same
  /// topic was heard there before.
  private static final String ORIGIN = "sonde.topic";

  private static final String SEQUENCE = "sonde.sequence";
  private static final String MODULE = "sonde.module";

  /// A power of two.
  private static final int KEPT = 64;

  private final AtomicReferenceArray<@Nullable View> last = new AtomicReferenceArray<>(KEPT);

  private record View(long sequence, Event event) {}

  /// What handlers get; the same object for all that take it at about the same time.
  Event of(Envelope at) {
    int slot = (int) at.sequence() & (KEPT - 1);
    View known = last.getAcquire(slot);
    if (known == null || known.sequence != at.sequence()) {
      known = new View(at.sequence(), make(at));
      last.setRelease(slot, known);
    }
    return known.event;
  }

  /// Lets go of all events, for classes of theirs may go.
  void forget() {
    for (int i = 0; i < KEPT; i++) {
      last.set(i, null);
    }
  }

  private static Event make(Envelope at) {
    Map<String, Object> properties = components(at.event());
    properties.put(EventConstants.TIMESTAMP, at.epochMicros() / 1_000);
    properties.put(ORIGIN, at.topic());
    properties.put(SEQUENCE, at.sequence());
    properties.put(MODULE, at.module());
    return new Event(at.topic(), properties);
  }

  private static Map<String, Object> components(dev.sonde.bus.Event event) {
    Map<String, Object> properties = new HashMap<>();
    Codec.componentsOf(event)
        .forEach(
            (name, value) -> {
              if (!name.startsWith("event.")) {
                properties.put(name, value);
              }
            });
    properties.put(EventConstants.EVENT, event);
    return properties;
  }

  /// Whether a filter lets an event through that has no sequence yet: by its components and topic.
  static boolean passes(dev.sonde.bus.Event event, Filter filter) {
    return Filters.pass(() -> filter.matches(withTopic(event)));
  }

  private static Map<String, Object> withTopic(dev.sonde.bus.Event event) {
    Map<String, Object> properties = components(event);
    properties.put(
        EventConstants.EVENT_TOPIC,
        event instanceof PlainEvent plain
            ? plain.topic()
            : event.getClass().getAnnotation(Topic.class).value());
    return properties;
  }

  /// Whether an event left this bus on its present topic, be it the same object or a copy.
  static boolean isFromBus(Event event) {
    return event.getTopic().equals(event.getProperty(ORIGIN));
  }
}
