package dev.sonde.logger;

import java.util.ArrayList;
import java.util.List;

/// One line, in coloured pieces that hold no control characters.
final class StyledLine {

  private record Span(String text, Style style) {}

  private final List<Span> spans = new ArrayList<>();

  StyledLine add(String text, Style style) {
    spans.add(new Span(text, style));
    return this;
  }

  /// The line without colour, uncut.
  String plain() {
    return render(false, Terminal.UNLIMITED);
  }

  /// The line as a terminal gets it. A line that is too long ends in `…` at the last column.
  String render(boolean color, int columns) {
    boolean fits = columns == Terminal.UNLIMITED || cells() <= columns;
    int room = fits ? Integer.MAX_VALUE : Math.max(0, columns - 1);
    StringBuilder line = new StringBuilder();
    for (Span span : spans) {
      String text = Cells.cut(span.text, room);
      room -= Cells.of(text);
      line.append(color ? span.style.wrap(text) : text);
      if (text.length() < span.text.length()) {
        break;
      }
    }
    return fits ? line.toString() : line.append('…').toString();
  }

  private int cells() {
    return spans.stream().mapToInt(span -> Cells.of(span.text)).sum();
  }
}
