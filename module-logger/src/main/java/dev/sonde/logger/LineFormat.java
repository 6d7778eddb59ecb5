package dev.sonde.logger;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
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

  private static final int MAX_MODULE_COLUMN = 12;
  private static final int MAX_TOPIC_COLUMN = 32;

  private final Highlights highlights;
  private final DateTimeFormatter clock;
  private int moduleColumn = 8;
  private int topicColumn = 23;

  LineFormat(Highlights highlights, ZoneId zone) {
    this.highlights = highlights;
    this.clock = DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(zone);
  }

  /// The line of an event.
  StyledLine event(Envelope at, Level level) {
    Style style = Style.of(level, at.topic());
    StyledLine line = head(at.time(), at.module(), at.topic(), style);
    Style values = level == Level.INFO ? Style.PLAIN : style;
    shown(at.event())
        .forEach(
            (name, value) ->
                line.add(" " + Printable.of(name) + "=", Style.DIM)
                    .add(Printable.of(value), values));
    return line;
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

  /// The components; an event whose own code breaks is shown with what it broke with.
  private Map<String, Object> shown(Event event) {
    try {
      return highlights.of(event);
    } catch (RuntimeException | StackOverflowError broken) {
      return Map.of("unreadable", broken.toString());
    }
  }

  private static int widened(int column, String text, int most) {
    return Math.max(column, Math.min(most, Cells.of(text)));
  }

  private static String padded(String text, int column) {
    return text + " ".repeat(Math.max(0, column - Cells.of(text)));
  }
}
