package dev.sonde.logger;

import dev.sonde.bus.spi.EventCodec;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How rows of the history are printed.
enum HistoryFormat {
  /// A line for each, to be read; values are safe to be shown.
  TEXT,
  /// A JSON object a line, with the fields of `events.jsonl` and `run`.
  JSON,
  /// After RFC 4180, with a line of names.
  CSV;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  static HistoryFormat of(boolean json, boolean csv) {
    if (json && csv) {
      throw new IllegalArgumentException("Choose either --json or --csv");
    }
    return json ? JSON : csv ? CSV : TEXT;
  }

  /// Prints rows as they come.
  ///
  /// @param whole whether the columns are those of a query of its own, not of `events`
  HistoryQuery.Rows to(PrintStream out, EventCodec codec, ZoneId zone, boolean whole) {
    Function<Map<String, @Nullable Object>, String> line =
        switch (this) {
          case TEXT -> whole ? HistoryFormat::cells : text(zone);
          case JSON -> row -> whole ? codec.valueToJson(present(row)) : json(row, codec);
          case CSV -> row -> csv(whole ? row.values() : timed(row).values());
        };
    boolean[] begun = new boolean[1];
    return row -> {
      if (!begun[0] && (this == CSV || (this == TEXT && whole))) {
        out.println(this == CSV ? csv(row.keySet()) : String.join("  ", row.keySet()));
      }
      begun[0] = true;
      out.println(line.apply(row));
      return !out.checkError();
    };
  }

  private static Function<Map<String, @Nullable Object>, String> text(ZoneId zone) {
    DateTimeFormatter clock = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss.SSS").withZone(zone);
    return row ->
        "%s %-10s %-23s %s"
            .formatted(
                clock.format(time(row)),
                Printable.line(text(row, "module")),
                Printable.line(text(row, "topic")),
                Printable.line(text(row, "event")));
  }

  private static String cells(Map<String, @Nullable Object> row) {
    return row.values().stream()
        .map(value -> value == null ? "-" : Printable.line(value.toString()))
        .collect(Collectors.joining("  "));
  }

  private static String json(Map<String, @Nullable Object> row, EventCodec codec) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String name : List.of("run", "seq")) {
      fields.put(name, Objects.requireNonNull(row.get(name)));
    }
    fields.put("time", TIME.format(time(row)));
    fields.put("topic", text(row, "topic"));
    fields.put("module", text(row, "module"));
    Object cause = row.get("cause");
    if (cause != null) {
      fields.put("causedBy", cause);
    }
    String head = codec.valueToJson(fields);
    return head.substring(0, head.length() - 1) + ",\"event\":" + text(row, "event") + "}";
  }

  private static Map<String, Object> present(Map<String, @Nullable Object> row) {
    Map<String, Object> present = new LinkedHashMap<>();
    row.forEach(
        (name, value) -> {
          if (value != null) {
            present.put(name, value);
          }
        });
    return present;
  }

  private static Map<String, @Nullable Object> timed(Map<String, @Nullable Object> row) {
    Map<String, @Nullable Object> timed = new LinkedHashMap<>(row);
    timed.put("time", TIME.format(time(row)));
    return timed;
  }

  private static String csv(Iterable<? extends @Nullable Object> values) {
    List<String> cells = new ArrayList<>();
    for (Object value : values) {
      cells.add(value == null ? "" : quoted(value.toString()));
    }
    return String.join(",", cells) + "\r";
  }

  private static String quoted(String text) {
    return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  static Instant time(Map<String, @Nullable Object> row) {
    long micros = ((Number) Objects.requireNonNull(row.get("time"))).longValue();
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }

  static String text(Map<String, @Nullable Object> row, String column) {
    return String.valueOf(row.get(column));
  }
}
