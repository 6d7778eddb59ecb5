package dev.sonde.network;

import dev.sonde.event.network.CaptureEvent;
import dev.sonde.event.network.CaptureFailed;
import dev.sonde.event.network.CaptureInterrupted;
import dev.sonde.event.network.CaptureResumed;
import dev.sonde.event.network.CaptureStarted;
import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.event.network.CaptureStopped;
import dev.sonde.network.Interfaces.NetworkInterface;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  static String captures(List<Capture> captures) {
    StringBuilder table = new StringBuilder();
    captureLine(table, "SOURCE", "PACKETS", "DROPPED", "STATE");
    for (Capture each : captures) {
      Statistics counts = each.statistics();
      CaptureStatistics figures =
          counts == null ? CaptureStatistics.of(each.source(), Map.of()) : counts.snapshot();
      captureLine(
          table,
          figures.source(),
          Long.toString(figures.packets()),
          Long.toString(figures.droppedByKernel() + figures.droppedByInterface()),
          state(each.last()));
      reason(each.last()).forEach(line -> table.append("    ").append(line).append('\n'));
    }
    return table.toString().stripTrailing();
  }

  private static void captureLine(
      StringBuilder table, String source, String packets, String dropped, String state) {
    table.append("%-36s %12s %10s  %s%n".formatted(source, packets, dropped, state));
  }

  private static String state(@Nullable CaptureEvent last) {
    return switch (last) {
      case null -> "opening";
      case CaptureStarted _, CaptureResumed _ -> "capturing";
      case CaptureInterrupted _ -> "waiting";
      case CaptureStopped stopped -> stopped.atEnd() ? "at its end" : "stopped";
      case CaptureFailed _ -> "failed";
    };
  }

  /// Why it is not as it should be, and what to do.
  private static List<String> reason(@Nullable CaptureEvent last) {
    return switch (last) {
      case CaptureInterrupted waits -> List.of(waits.problem(), waits.remedy());
      case CaptureFailed failed -> List.of(failed.problem(), failed.remedy());
      case CaptureStarted started when !started.note().isEmpty() -> List.of(started.note());
      case CaptureStopped stopped when !stopped.warning().isEmpty() -> List.of(stopped.warning());
      case null, default -> List.of();
    };
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
