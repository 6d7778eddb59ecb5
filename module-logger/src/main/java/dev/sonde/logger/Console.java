package dev.sonde.logger;

import java.io.PrintStream;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Prints what the rules want of what was heard; bursts are folded. Many lines go in one write: a
/// terminal is slow, and a write for each line makes it slower.
final class Console {

  private static final int FULL_CHARS = 16 * 1024;

  private final Supplier<PrintStream> out;
  private final LineFormat format;
  private final Bursts bursts;
  private final StringBuilder waiting = new StringBuilder();
  private TopicRules rules = TopicRules.parse(List.of());
  private Terminal terminal = new Terminal(false, Terminal.UNLIMITED);
  private long shown;

  /// @param out asked each time, since `System.out` may be replaced
  Console(Supplier<PrintStream> out, LineFormat format, LongSupplier nanoClock) {
    this.out = out;
    this.format = format;
    this.bursts = new Bursts(nanoClock, this::fold);
  }

  /// How many lines of one kind are shown in a second; 0 for all.
  void foldAfter(int lines) {
    bursts.use(lines);
  }

  void use(TopicRules newRules) {
    rules = newRules;
  }

  void use(Terminal newTerminal) {
    terminal = newTerminal;
  }

  /// Shows an event if the rules want it and it is not one of too many.
  void event(Heard heard) {
    if (rules.want(heard.topic(), heard.level()) && bursts.admit(heard)) {
      show(heard.level(), format.event(heard));
    }
  }

  private void fold(Heard last, int count) {
    show(last.level(), format.burst(last, count));
  }

  /// Shows the bursts that are over.
  void foldDue() {
    bursts.close();
  }

  /// Whether [#foldDue] will have something to show.
  boolean isFolding() {
    return bursts.isOpen();
  }

  /// Shows a line in any case.
  void notice(StyledLine line) {
    show(line, Terminal.UNLIMITED);
  }

  /// Cut to the terminal's width, unless it says that something needs a look: then its end, which
  /// says what to do, is what matters.
  private void show(Level level, StyledLine line) {
    show(line, level == Level.INFO ? terminal.columns() : Terminal.UNLIMITED);
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

  /// Shows all that is left.
  void close() {
    bursts.closeAll();
    flush();
  }

  long shown() {
    return shown;
  }

  /// The window may be another size than when the last lines were shown.
  void resize(int columns) {
    terminal = terminal.resized(columns);
  }

  Terminal terminal() {
    return terminal;
  }
}
