package dev.sonde.logger;

import dev.sonde.bus.Topic;
import dev.sonde.event.module.HandlerFailed;
import dev.sonde.event.module.ModuleStateChanged;
import dev.sonde.event.network.ArpPacket;
import dev.sonde.event.network.DnsQuery;
import dev.sonde.event.network.DnsResponse;
import dev.sonde.event.network.PacketCaptured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The components of an event that matter on a line, those first that matter most: a narrow
/// terminal cuts the end. Events of topics that are not listed are shown
/// whole, but where and when they were captured comes last.
final class Highlights {

  static final Map<Class<? extends Record>, List<String>> LISTED =
      Map.of(
          ArpPacket.class, List.of("operation", "senderIp", "senderMac", "targetIp"),
          DnsQuery.class, List.of("name", "type", "client", "server"),
          DnsResponse.class, List.of("name", "type", "responseCode", "addresses", "client"),
          PacketCaptured.class, List.of("originalLengthBytes", "linkType", "data"),
          ModuleStateChanged.class, List.of("name", "from", "to", "reason", "version"),
          HandlerFailed.class, List.of("name", "what", "error", "where", "sequence"));

  /// What all events of captures have, and hardly ever what one looks for.
  private static final List<String> LAST = List.of("source", "captured");

  private static final Map<String, List<String>> BY_TOPIC =
      LISTED.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(each -> topic(each.getKey()), Map.Entry::getValue));

  private Highlights() {}

  private static String topic(Class<?> type) {
    return Objects.requireNonNull(type.getAnnotation(Topic.class)).value();
  }

  /// What to show of an event, in this order.
  static Map<String, Object> of(Heard heard) {
    List<String> names = BY_TOPIC.get(heard.topic());
    Map<String, Object> all = heard.components();
    return names == null || names.stream().noneMatch(all::containsKey)
        ? othersFirst(all)
        : pick(all, names);
  }

  private static Map<String, Object> othersFirst(Map<String, Object> all) {
    if (!LAST.stream().allMatch(all::containsKey)) {
      return all;
    }
    Map<String, Object> ordered = new LinkedHashMap<>(all);
    LAST.forEach(ordered::remove);
    all.forEach(ordered::putIfAbsent);
    return ordered;
  }

  private static Map<String, Object> pick(Map<String, Object> all, List<String> names) {
    Map<String, Object> picked = new LinkedHashMap<>();
    for (String name : names) {
      @Nullable Object value = all.get(name);
      if (value != null && !value.equals("")) {
        picked.put(name, value);
      }
    }
    return picked;
  }
}
