package dev.sonde.logger;

import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.event.module.HandlerFailed;
import dev.sonde.event.module.ModuleStateChanged;
import dev.sonde.event.network.ArpPacket;
import dev.sonde.event.network.DnsQuery;
import dev.sonde.event.network.DnsResponse;
import dev.sonde.event.network.PacketCaptured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The components of an event that matter on a line, those first that matter most: a narrow
/// terminal cuts the end. Records that are not listed are shown whole.
final class Highlights {

  static final Map<Class<? extends Record>, List<String>> LISTED =
      Map.of(
          ArpPacket.class, List.of("operation", "senderIp", "senderMac", "targetIp"),
          DnsQuery.class, List.of("name", "type", "client", "server"),
          DnsResponse.class, List.of("name", "type", "responseCode", "addresses", "client"),
          PacketCaptured.class, List.of("originalLengthBytes", "linkType", "data"),
          ModuleStateChanged.class, List.of("name", "from", "to", "reason", "version"),
          HandlerFailed.class, List.of("name", "what", "error", "where", "sequence"));

  private final Function<Record, Map<String, Object>> components;

  /// @param components reads the components of any record, as `EventCodec.components` does
  Highlights(Function<Record, Map<String, Object>> components) {
    this.components = components;
  }

  /// What to show of an event, in this order.
  Map<String, Object> of(Event event) {
    return switch (event) {
      case PlainEvent plain -> new TreeMap<>(plain.properties());
      case Record record -> pick(components.apply(record), LISTED.get(record.getClass()));
      default -> Map.of("event", event);
    };
  }

  private static Map<String, Object> pick(Map<String, Object> all, @Nullable List<String> names) {
    if (names == null) {
      return all;
    }
    Map<String, Object> picked = new LinkedHashMap<>();
    for (String name : names) {
      Object value = all.get(name);
      if (value != null && !value.equals("")) {
        picked.put(name, value);
      }
    }
    return picked;
  }
}
