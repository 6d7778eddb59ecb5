package dev.sonde.logger;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;
import dev.sonde.event.network.DnsQuery;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/// Events and what surrounds them.
final class Samples {

  static final Instant NOON = Instant.parse("2026-11-01T12:00:00.250Z");

  private Samples() {}

  static Envelope envelope(long sequence, Event event) {
    Topic topic = event.getClass().getAnnotation(Topic.class);
    return envelope(sequence, topic.value(), event);
  }

  static Envelope envelope(long sequence, String topic, Event event) {
    long micros = NOON.toEpochMilli() * 1_000;
    return new Envelope(sequence, micros, topic, "network", Envelope.NO_CAUSE, event);
  }

  static History history(Path directory) {
    HistoryFile file = new HistoryFile(directory.resolve("history.db"));
    return new History(file, "this run", InstantSource.system(), new Told());
  }

  static Heard heard(Envelope at) {
    return Heard.of(at, new LineCodec());
  }

  static DnsQuery query(String name) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new DnsQuery("sample", NOON, loopback, loopback, 7, name, "A");
  }

  /// A record's components as they are.
  static Map<String, Object> components(Record record) {
    Map<String, Object> components = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        components.put(component.getName(), component.getAccessor().invoke(record));
      } catch (ReflectiveOperationException broken) {
        throw new IllegalStateException(broken.getCause());
      }
    }
    return components;
  }
}
