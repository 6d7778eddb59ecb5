package dev.sonde.bridge.shell;

import dev.sonde.bridge.shell.BusFigures.Line;
import dev.sonde.bridge.shell.BusFigures.Taken;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.spi.Colours;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The bus's figures as the shell shows them, at most 80 columns wide.
final class StatsTable {

  private static final String HEADING =
      "subscription         matched  deliv.   wait fill  bytes missed  fail  ev/s  slow";

  /// From here on, the next burst may be lost.
  private static final int FULL_PERCENT = 80;

  private StatsTable() {}

  /// What comes first; where that is equal, names decide.
  enum Order {
    RATE,
    MISSED,
    WAITING,
    BUSY;

    private Comparator<Line> least() {
      return switch (this) {
        case RATE -> Comparator.comparingDouble(Line::rate);
        case MISSED -> Comparator.comparingLong(line -> line.counts().missed());
        case WAITING -> Comparator.comparingLong(line -> line.counts().waiting());
        case BUSY -> Comparator.comparing(Line::slowest);
      };
    }

    /// @throws IllegalArgumentException if there is none of that name
    static Order of(String name) {
      for (Order order : values()) {
        if (order.name().equalsIgnoreCase(name)) {
          return order;
        }
      }
      throw new IllegalArgumentException(
          "--by is '"
              + name
              + "'; there are "
              + Stream.of(values())
                  .map(order -> order.name().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", ")));
    }

    List<Line> first(int top, List<Line> lines) {
      Comparator<Line> most =
          least().reversed().thenComparing(Line::module).thenComparing(Line::name);
      return lines.stream().sorted(most).limit(top > 0 ? top : lines.size()).toList();
    }
  }

  static String text(Taken taken, Order order, int top, Colours colours) {
    List<Line> shown = order.first(top, taken.subscriptions());
    StringBuilder table =
        new StringBuilder(colours.heading(HEADING)).append(System.lineSeparator());
    shown.forEach(line -> table.append(row(line, colours)).append(System.lineSeparator()));
    return table.append(totals(taken, shown.size(), colours)).toString();
  }

  private static String row(Line line, Colours colours) {
    InboxCounts counts = line.counts();
    return String.format(
        "%-20s %7s %7s %6s %s %6s %s %s %5s %5s",
        cut(line.module() + ": " + shortName(line.name()), 20),
        Figures.count(counts.matched()),
        Figures.count(counts.delivered()),
        Figures.count(counts.waiting()),
        fill(line, colours),
        Figures.count(counts.waitingBytes()),
        missed(counts, colours),
        failed(counts, colours),
        Figures.rate(line.rate()),
        Figures.time(line.slowest()));
  }

  private static String fill(Line line, Colours colours) {
    String text = String.format("%4s", line.fillPercent() + "%");
    return line.fillPercent() >= FULL_PERCENT ? colours.warning(text) : text;
  }

  private static String missed(InboxCounts counts, Colours colours) {
    String text = String.format("%6s", Figures.count(counts.missed()));
    return counts.missed() > 0 ? colours.warning(text) : text;
  }

  private static String failed(InboxCounts counts, Colours colours) {
    String text = String.format("%5s", Figures.count(counts.failed()));
    return counts.failed() > 0 ? colours.alarm(text) : text;
  }

  private static String totals(Taken taken, int shown, Colours colours) {
    return colours.warning(refused(taken))
        + String.format(
            "%s published, %s/s in the last %s%n"
                + "%d of %d subscriptions, %d rings, %d open asks%n"
                + "slow: the longest that a handler was seen to take, by a clock that is sampled",
            Figures.count(taken.published()),
            Figures.rate(taken.rate()),
            Figures.time(taken.span()),
            shown,
            taken.subscriptions().size(),
            taken.rings(),
            taken.openAsks());
  }

  private static String refused(Taken taken) {
    return taken.refused().isEmpty()
        ? ""
        : "refused, published by threads of ended runs: "
            + taken.refused().entrySet().stream()
                .map(module -> module.getKey() + " " + Figures.count(module.getValue()))
                .collect(Collectors.joining(", "))
            + System.lineSeparator();
  }

  private static String shortName(String name) {
    return name.replaceAll("[a-z_0-9]+\\.(?=[A-Za-z_0-9.]*[A-Z])", "");
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  /// The same, in full, as names and plain values.
  static Map<String, Object> values(Taken taken, Order order, int top) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("published", taken.published());
    values.put("rate", taken.rate());
    values.put("spanSeconds", seconds(taken.span()));
    values.put("openAsks", taken.openAsks());
    values.put("rings", taken.rings());
    values.put("refused", taken.refused());
    values.put(
        "subscriptions",
        order.first(top, taken.subscriptions()).stream().map(StatsTable::values).toList());
    return values;
  }

  private static Map<String, Object> values(Line line) {
    InboxCounts counts = line.counts();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("owner", line.owner());
    values.put("module", line.module());
    values.put("name", line.name());
    values.put("matched", counts.matched());
    values.put("delivered", counts.delivered());
    values.put("waiting", counts.waiting());
    values.put("capacity", line.capacity());
    values.put("waitingBytes", counts.waitingBytes());
    values.put("missed", counts.missed());
    values.put("overflow", counts.overflow());
    values.put("superseded", counts.superseded());
    values.put("expired", counts.expired());
    values.put("incompatible", counts.incompatible());
    values.put("failed", counts.failed());
    values.put("interrupted", counts.interrupted());
    values.put("rate", line.rate());
    values.put("slowestSeconds", seconds(line.slowest()));
    return values;
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
