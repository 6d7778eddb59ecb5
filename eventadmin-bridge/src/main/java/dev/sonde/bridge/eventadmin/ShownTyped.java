package dev.sonde.bridge.eventadmin;

import dev.sonde.bridge.codec.Codec;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.Topic;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Filter;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;

/// A bus event as plain handlers see it: the components as properties, the record under `event`.
/// Made when the first of them takes it, for all of them.
final class ShownTyped implements Shown {

  /// The property that names the topic on which an event left the bus. What comes back on the same
  /// topic was heard there before.
  private static final String ORIGIN = "sonde.topic";

  private static final String SEQUENCE = "sonde.sequence";
  private static final String MODULE = "sonde.module";

  private final dev.sonde.bus.Event event;
  private volatile @Nullable Event made;

  ShownTyped(dev.sonde.bus.Event event) {
    this.event = event;
  }

  @Override
  public dev.sonde.bus.Event subject() {
    return event;
  }

  @Override
  public Event toPlain(Envelope at) {
    Event known = made;
    if (known == null) {
      synchronized (this) {
        known = made;
        if (known == null) {
          known = make(at);
          made = known;
        }
      }
    }
    return known;
  }

  private Event make(Envelope at) {
    Map<String, Object> properties = components();
    properties.put(EventConstants.TIMESTAMP, at.epochMicros() / 1_000);
    properties.put(ORIGIN, at.topic());
    properties.put(SEQUENCE, at.sequence());
    properties.put(MODULE, at.module());
    return new Event(at.topic(), properties);
  }

  private Map<String, Object> components() {
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

  /// By the components and topic: it has no sequence yet.
  @Override
  public boolean passes(Filter filter) {
    return Filters.pass(() -> filter.matches(withTopic()));
  }

  private Map<String, Object> withTopic() {
    Map<String, Object> properties = components();
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
