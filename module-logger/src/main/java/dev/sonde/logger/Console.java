package dev.sonde.logger;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/// Prints lines, many at a time: a terminal is slow, and a write for each line makes it slower.
final class Console {

  private static final int FULL_CHARS = 16 * 1024;

  private final Supplier<PrintStream> out;
  private final StringBuilder waiting = new StringBuilder();
  private ConsoleRules rules = ConsoleRules.parse(List.of());
  private Terminal terminal = new Terminal(false, Terminal.UNLIMITED);
  private long shown;

  /// @param out asked each time, since `System.out` may be replaced
  Console(Supplier<PrintStream> out) {
    this.out = out;
  }

  void use(ConsoleRules newRules) {
    rules = newRules;
  }

  void use(Terminal newTerminal) {
    terminal = newTerminal;
  }

  /// Shows a line if the rules want it; cut to the terminal's width, unless it says that something
  /// needs a look: then its end, which says what to do, is what matters.
  void event(String topic, Level level, StyledLine line) {
    if (rules.shows(topic, level)) {
      show(line, level == Level.INFO ? terminal.columns() : Terminal.UNLIMITED);
    }
  }

  /// Shows a line in any case.
  void notice(StyledLine line) {
    show(line, Terminal.UNLIMITED);
  }

  private void show(StyledLine line, int columns) {
    shown++;
    waiting.append(line.render(terminal.color(), columns)).append('\n');
    if (waiting.length() >= FULL_CHARS) {
      flush();
    }
  }

  void flush() {
    if (!waiting.isEmpty()) {
      PrintStream stream = out.get();
      stream.print(waiting);
      stream.flush();
      waiting.setLength(0);
    }
  }

  long shown() {
    return shown;
  }

  Terminal terminal() {
    return terminal;
  }
}
