package dev.sonde.bridge.codec;

import dev.sonde.bridge.Visible;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.spi.EventCodec;
import dev.sonde.bus.spi.EventFormatException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// The service by which others read and write events they do not know.
public final class Codec implements EventCodec {

  private static final boolean HAS_JACKSON =
      Visible.isVisible("com.fasterxml.jackson.core.JsonFactory");

  private final Function<String, Optional<Class<? extends Event>>> types;
  private final Supplier<SortedMap<String, String>> topics;

  /// @param topics the records that are known
  public Codec(EventTopics topics) {
    this(topics::typeOf, topics::all);
  }

  /// @param types the record of a topic
  /// @param topics topics and the names of their records
  public Codec(
      Function<String, Optional<Class<? extends Event>>> types,
      Supplier<SortedMap<String, String>> topics) {
    this.types = types;
    this.topics = topics;
  }

  /// The components of any event: of a [PlainEvent], its properties.
  public static Map<String, Object> componentsOf(Event event) {
    return event instanceof PlainEvent plain
        ? plain.properties()
        : RecordCodec.components((Record) event);
  }

  @Override
  public Map<String, Object> components(Record record) {
    return RecordCodec.components(record);
  }

  @Override
  public <R extends Record> R fromComponents(Class<R> type, Map<String, ?> components)
      throws EventFormatException {
    return RecordCodec.fromComponents(type, components);
  }

  @Override
  public String toJson(Envelope envelope) {
    requireJackson();
    Object plain =
        envelope.event() instanceof PlainEvent posted
            ? RecordCodec.plainOf(posted.properties())
            : RecordCodec.components((Record) envelope.event());
    return JsonText.write(envelope, plain);
  }

  @Override
  public String valueToJson(Object value) {
    requireJackson();
    return JsonText.write(RecordCodec.plainOf(value));
  }

  @Override
  public Event fromJson(String topic, String json) throws EventFormatException {
    requireJackson();
    Map<String, Object> values = JsonText.readObject(json);
    Optional<Class<? extends Event>> type = types.apply(topic);
    if (type.isPresent()) {
      Names.check(type.get(), values, "");
    }
    return eventOf(topic, values);
  }

  private static void requireJackson() {
    if (!HAS_JACKSON) {
      throw new IllegalStateException(
          "JSON needs the bundle com.fasterxml.jackson.core.jackson-core, which was not there when"
              + " dev.sonde.eventadmin-bridge was resolved: install it and refresh that bundle");
    }
  }

  /// The typed event of a topic if there is a record for it, else a [PlainEvent].
  ///
  /// @throws EventFormatException if there is a record and the values do not fit it
  public Event eventOf(String topic, Map<String, Object> values) throws EventFormatException {
    Optional<Class<? extends Event>> type = types.apply(topic);
    if (type.isPresent()) {
      return (Event) RecordCodec.fromComponents(type.get().asSubclass(Record.class), values);
    }
    try {
      return new PlainEvent(topic, values);
    } catch (IllegalArgumentException e) {
      throw new EventFormatException(String.valueOf(e.getMessage()));
    }
  }

  /// The record of a topic, if one is known.
  public Optional<Class<? extends Event>> typeOf(String topic) {
    return types.apply(topic);
  }

  @Override
  public SortedMap<String, String> knownTopics() {
    return topics.get();
  }
}
