package dev.sonde.bridge.eventadmin;

import dev.sonde.bridge.codec.Codec;
import dev.sonde.bus.Envelope;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;

/// A bus event as plain handlers see it: the components as properties, the record under `event`.
final class BusEvent {

  /// The property that names the topic on which an event left the bus. What comes back on the same
  /// topic was heard here before.
  static final String ORIGIN = "sonde.topic";

  private static final String SEQUENCE = "sonde.sequence";
  private static final String MODULE = "sonde.module";

  private BusEvent() {}

  static Event of(Envelope envelope) {
    Map<String, Object> properties = new HashMap<>();
    Codec.componentsOf(envelope.event())
        .forEach(
            (name, value) -> {
              if (!name.startsWith("event.")) {
                properties.put(name, value);
              }
            });
    properties.put(EventConstants.EVENT, envelope.event());
    properties.put(EventConstants.TIMESTAMP, envelope.epochMicros() / 1_000);
    properties.put(ORIGIN, envelope.topic());
    properties.put(SEQUENCE, envelope.sequence());
    properties.put(MODULE, envelope.module());
    return new Event(envelope.topic(), properties);
  }

  /// Whether an event left this bus on its present topic, be it the same object or a copy.
  static boolean isOwn(Event event) {
    return event.getTopic().equals(event.getProperty(ORIGIN));
  }
}
