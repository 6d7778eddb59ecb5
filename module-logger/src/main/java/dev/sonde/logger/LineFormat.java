package dev.sonde.logger;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/// Makes one line of one event: time, module, topic, components.
///
/// ```
/// 12:01:02.345 network  sonde/network/dns/QUERY name=example.org type=A client=10.0.0.7 …
/// ```
final class LineFormat {

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
    Highlights.of(heard)
        .forEach(
            (name, value) ->
                line.add(" " + Printable.of(name) + "=", Style.DIM)
                    .add(Printable.of(value), values));
    return line;
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
