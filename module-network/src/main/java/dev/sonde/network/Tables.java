package dev.sonde.network;

import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.network.Interfaces.NetworkInterface;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the shell shows, at most 80 columns wide.
final class Tables {

  private Tables() {}

  static String interfaces(List<NetworkInterface> interfaces) {
    StringBuilder table = new StringBuilder();
    line(table, "NAME", "LINK TYPE", "STATE", "ADDRESSES");
    for (NetworkInterface each : interfaces) {
      List<String> addresses = each.addresses();
      String first = addresses.isEmpty() ? "-" : addresses.getFirst();
      line(table, each.name(), each.linkType(), each.state(), first);
      addresses.stream().skip(1).forEach(address -> line(table, "", "", "", address));
    }
    return table.toString().stripTrailing();
  }

  private static void line(
      StringBuilder table, String name, String linkType, String state, String address) {
    table.append("%-18s %-15s %-8s %s".formatted(name, linkType, state, address).stripTrailing());
    table.append('\n');
  }

  static String statistics(CaptureStatistics figures) {
    return components(figures).entrySet().stream()
        .map(each -> "%-18s %s".formatted(each.getKey(), each.getValue()))
        .collect(Collectors.joining("\n"));
  }

  static String json(CaptureStatistics figures) {
    return components(figures).entrySet().stream()
        .map(each -> "\"" + each.getKey() + "\":" + jsonValue(each.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String jsonValue(Object value) {
    return value instanceof Number ? value.toString() : quoted(value.toString());
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each == '"' || each == '\\') {
        json.append('\\').append(each);
      } else if (each < ' ') {
        json.append("\\u%04x".formatted((int) each));
      } else {
        json.append(each);
      }
    }
    return json.append('"').toString();
  }

  /// The figures by name, in the order of the record, so that a new one shows by itself.
  private static Map<String, Object> components(CaptureStatistics figures) {
    Map<String, Object> components = new LinkedHashMap<>();
    for (RecordComponent each : CaptureStatistics.class.getRecordComponents()) {
      try {
        components.put(each.getName(), each.getAccessor().invoke(figures));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("The figure " + each.getName() + " can not be read", e);
      }
    }
    return components;
  }
}
