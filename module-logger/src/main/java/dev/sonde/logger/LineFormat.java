package dev.sonde.logger;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/// Makes one line of one event: time, module, topic, components.
///
/// ```
/// 12:01:02.345 network  sonde/network/dns/QUERY name=example.org type=A client=10.0.0.7 …
/// ```
final class LineFormat {

  /// The topic of [dev.sonde.event.log.LogLine].
  private static final String LINE = "sonde/log/LINE";

  private static final int MAX_MODULE_COLUMN = 12;
  private static final int MAX_TOPIC_COLUMN = 32;

  private final DateTimeFormatter clock;
  private int moduleColumn = 8;
  private int topicColumn = 23;

  LineFormat(ZoneId zone) {
    this.clock = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
  }

  /// The line of an event.
  StyledLine event(Heard heard) {
    return components(head(heard), heard);
  }

  /// The line that stands for many events.
  StyledLine burst(Heard last, int count) {
    String folded = " × %,d in %d s, the last:".formatted(count, Bursts.WINDOW.toSeconds());
    return components(head(last).add(folded, Style.BOLD), last);
  }

  private static StyledLine components(StyledLine line, Heard heard) {
    Level level = heard.level();
    Style values = level == Level.INFO ? Style.PLAIN : Style.of(level, heard.topic());
    if (heard.topic().equals(LINE)) {
      return sentence(line, heard.components(), values);
    }
    Highlights.of(heard)
        .forEach(
            (name, value) ->
                line.add(" " + Printable.of(name) + "=", Style.DIM)
                    .add(Printable.of(value), values));
    return line;
  }

  /// What a bundle logged, with the first line of its stack; all of it is in the file.
  private static StyledLine sentence(StyledLine line, Map<String, Object> components, Style style) {
    line.add(" " + Printable.line(text(components, "message")), style);
    String stack = text(components, "stack");
    if (!stack.isEmpty()) {
      line.add(" " + Printable.line(stack.lines().findFirst().orElse("")), Style.DIM);
    }
    return line;
  }

  private static String text(Map<String, Object> components, String name) {
    return String.valueOf(components.getOrDefault(name, ""));
  }

  private StyledLine head(Heard heard) {
    Style style = Style.of(heard.level(), heard.topic());
    return head(heard.time(), heard.module(), heard.topic(), style);
  }

  /// A line of the logger's own.
  StyledLine notice(Instant time, String text) {
    return head(time, "logger", "(notice)", Style.YELLOW)
        .add(" " + Printable.line(text), Style.YELLOW);
  }

  private StyledLine head(Instant time, String module, String topic, Style style) {
    String safeModule = Printable.of(module);
    String safeTopic = Printable.of(topic);
    moduleColumn = widened(moduleColumn, safeModule, MAX_MODULE_COLUMN);
    topicColumn = widened(topicColumn, safeTopic, MAX_TOPIC_COLUMN);
    return new StyledLine()
        .add(clock.format(time), Style.DIM)
        .add(" " + padded(safeModule, moduleColumn) + " ", Style.PLAIN)
        .add(padded(safeTopic, topicColumn), style);
  }

  private static int widened(int column, String text, int most) {
    return Math.max(column, Math.min(most, Cells.of(text)));
  }

  private static String padded(String text, int column) {
    return text + " ".repeat(Math.max(0, column - Cells.of(text)));
  }
}
