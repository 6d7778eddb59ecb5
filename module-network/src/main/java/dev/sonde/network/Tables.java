package dev.sonde.network;

import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.network.Interfaces.NetworkInterface;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    return Stream.concat(
            Stream.of(figure("source", figures.source())),
            figures.figures().entrySet().stream()
                .map(each -> figure(each.getKey(), each.getValue())))
        .collect(Collectors.joining("\n"));
  }

  private static String figure(String name, Object value) {
    return "%-26s %s".formatted(name, value);
  }

  static String json(CaptureStatistics figures) {
    return figures.figures().entrySet().stream()
        .map(each -> ",\"" + each.getKey() + "\":" + each.getValue())
        .collect(Collectors.joining("", "{\"source\":" + quoted(figures.source()), "}"));
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
}
