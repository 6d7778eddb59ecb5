package dev.sonde.logger;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.spi.EventCodec;
import dev.sonde.event.log.LogLine;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was heard, in plain values, which keep nothing of the bundle that the event comes from.
///
/// @param epochMicros when it was published
/// @param module who published or logged it
/// @param topic its topic
/// @param level how grave it is
/// @param components names and values, as [EventCodec#components] gives them
record Heard(
    long epochMicros, String module, String topic, Level level, Map<String, Object> components) {

  private static final int MAX_COMPONENTS = 100;

  /// Takes an event apart; one whose own code breaks is shown with what it broke with.
  static Heard of(Envelope at, EventCodec codec) {
    return new Heard(at.epochMicros(), source(at), at.topic(), Level.of(at), read(at, codec));
  }

  /// The logger publishes what others log.
  private static String source(Envelope at) {
    return at.event() instanceof LogLine line ? SondeModule.nameOf(line.bundle()) : at.module();
  }

  /// A sentence of the logger's own.
  static Heard notice(Instant time, String sentence) {
    long micros = time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    return new Heard(micros, "logger", "sonde/logger", Level.WARNING, Map.of("notice", sentence));
  }

  private static Map<String, Object> read(Envelope at, EventCodec codec) {
    try {
      Map<String, Object> components = codec.components((Record) at.event());
      return at.event() instanceof PlainEvent ? sorted(components.get("properties")) : components;
    } catch (RuntimeException | StackOverflowError broken) {
      return Map.of("unreadable", broken.toString());
    }
  }

  private static Map<String, Object> sorted(@Nullable Object properties) {
    Map<String, Object> sorted = new TreeMap<>();
    if (properties instanceof Map<?, ?> map) {
      map.forEach((name, value) -> sorted.put(String.valueOf(name), value));
    }
    return sorted;
  }

  Instant time() {
    return Instant.ofEpochSecond(
        Math.floorDiv(epochMicros, 1_000_000L), Math.floorMod(epochMicros, 1_000_000L) * 1_000L);
  }

  /// The same with values as they are shown, which are short: for what is kept in memory.
  Heard shortened() {
    Map<String, Object> shown = new LinkedHashMap<>();
    components.entrySet().stream()
        .limit(MAX_COMPONENTS)
        .forEach(each -> shown.put(each.getKey(), Printable.of(each.getValue())));
    return new Heard(epochMicros, module, topic, level, shown);
  }
}
