package dev.sonde.bridge.shell;

import dev.sonde.bus.spi.Colours;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.jspecify.annotations.Nullable;

/// Whether a command prints to somebody's terminal.
final class Terminals {

  /// What the session of the interactive shell has, and no other.
  private static final String LINE_EDITOR = ".reader";

  private static final int OUTPUT = 1;

  private Terminals() {}

  /// Those of the session's terminal; none where there is none, or a pipe follows.
  static Colours colours(CommandSession session) {
    @Nullable Process process = Process.Utils.current();
    boolean terminal = session.get(LINE_EDITOR) != null && process != null && process.isTty(OUTPUT);
    return Colours.of(System.getenv(), terminal);
  }
}
