package dev.sonde.launcher;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/// Lines that a person types: with history, editing keys, and Tab for names of commands and
/// modules. Ctrl-C throws the line away, or ends the command that runs; Ctrl-D is the end.
final class EditedPrompt implements Prompt {

  private final CommandNames names;
  private final Terminal terminal;
  private final LineReader reader;

  EditedPrompt(Home home, CommandNames names, ExecClient device) throws IOException {
    this.names = names;
    this.terminal = TerminalBuilder.builder().system(true).nativeSignals(true).build();
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .completer((editor, line, candidates) -> complete(line, candidates))
            .variable(LineReader.HISTORY_FILE, home.history())
            .build();
    terminal.handle(Signal.INT, signal -> device.interrupt());
  }

  private void complete(ParsedLine line, List<Candidate> candidates) {
    Stream<String> words =
        line.wordIndex() == 0 ? names.commands().stream() : names.modules().stream();
    words.map(Candidate::new).forEach(candidates::add);
  }

  @Override
  public @Nullable String read() {
    while (true) {
      try {
        return reader.readLine("sonde> ");
      } catch (UserInterruptException e) {
        // The line is thrown away; here is a new one.
      } catch (EndOfFileException e) {
        return null;
      }
    }
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
