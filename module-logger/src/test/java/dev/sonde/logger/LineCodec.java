package dev.sonde.logger;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.spi.EventCodec;
import dev.sonde.event.network.DnsQuery;
import java.util.Map;
import java.util.SortedMap;

/// Writes events as one short line, and reads nothing.
final class LineCodec implements EventCodec {

  @Override
  public String toJson(Envelope at) {
    Object text =
        switch (at.event()) {
          case DnsQuery query -> query.name();
          case PlainEvent plain -> plain.properties();
          default -> at.event();
        };
    return at.sequence() + " " + at.topic() + ",\"event\":" + text + "}";
  }

  @Override
  public Map<String, Object> components(Record record) {
    return Samples.components(record);
  }

  @Override
  public <R extends Record> R fromComponents(Class<R> type, Map<String, ?> components) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String valueToJson(Object value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Event fromJson(String topic, String json) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SortedMap<String, String> knownTopics() {
    throw new UnsupportedOperationException();
  }
}
