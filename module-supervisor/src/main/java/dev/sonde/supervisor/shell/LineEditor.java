package dev.sonde.supervisor.shell;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Predicate;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.threadio.ThreadIO;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The line editor of the interactive shell. Shows lines above the one being typed, and lets Ctrl-C
/// at an empty prompt, Ctrl-D and the end of the shell end the run.
final class LineEditor implements Predicate<String> {

  private static final Logger LOG = LoggerFactory.getLogger(LineEditor.class);

  private final LineReader reader;
  private final Terminal terminal;
  private final Thread shell;
  private final Path history;
  private final Runnable end;

  /// Made on the shell's own thread, before its first prompt.
  ///
  /// @param session has the editor
  /// @param history where typed lines are kept
  /// @param end ends the run
  LineEditor(CommandSession session, Path history, Runnable end) {
    this.reader = (LineReader) session.get(".reader");
    this.terminal = reader.getTerminal();
    this.shell = Thread.currentThread();
    this.history = history;
    this.end = end;
  }

  /// Called on the shell's own thread.
  ///
  /// @param threads diverts what threads print
  /// @param out where lines come from that are to be shown above. Threads that a command starts,
  ///     such as those of a module, inherit the shell's stream, which would write into the line
  ///     being typed
  void attach(ThreadIO threads, PrintStream out) {
    threads.setStreams(terminal.input(), out, out);
    keepPrivate();
    reader.setVariable(LineReader.HISTORY_FILE, history);
    reader.getWidgets().put(LineReader.CALLBACK_INIT, this::prompted);
    Thread.ofPlatform().daemon().name("sonde-shell-end").start(this::awaitEnd);
  }

  /// The editor warns of a history that others can read.
  private void keepPrivate() {
    try {
      if (Files.notExists(history)) {
        Files.createFile(history);
      }
      Files.setPosixFilePermissions(history, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException | UnsupportedOperationException e) {
      LOG.warn("typed lines may not be kept private in {}: {}", history, e.toString());
    }
  }

  /// Called for each prompt, when the editor has put its own handler in place. That one throws the
  /// line away, as shells do; with nothing typed there is nothing to throw away.
  private boolean prompted() {
    SignalHandler clearsLine = terminal.handle(Signal.INT, SignalHandler.SIG_IGN);
    terminal.handle(
        Signal.INT,
        signal -> {
          if (reader.getBuffer().length() == 0) {
            end.run();
          } else {
            clearsLine.handle(signal);
          }
        });
    return true;
  }

  private void awaitEnd() {
    try {
      shell.join();
      end.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean test(String lines) {
    if (!shell.isAlive()) {
      return false;
    }
    try {
      reader.printAbove(lines);
      return true;
    } catch (RuntimeException e) {
      // The terminal was closed meanwhile.
      return false;
    }
  }
}
