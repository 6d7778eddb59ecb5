package dev.sonde.launcher;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A shell of the device that runs, in another process: reads lines, has the device run them, and
/// prints what comes back. The device goes on when it ends.
final class ShellClient {

  private final Home home;

  ShellClient(Home home) {
    this.home = home;
  }

  /// @return the exit code of the last command
  int run() throws LaunchException, IOException {
    ExecClient device = new ExecClient(home);
    // Says at once if there is none, and lets the editor know the commands.
    var catalog = CommandNames.of(device);
    try (Prompt prompt =
        Terminal.present() ? new EditedPrompt(home, catalog, device) : new PlainPrompt()) {
      return loop(prompt, device);
    }
  }

  private int loop(Prompt prompt, ExecClient device) throws LaunchException, IOException {
    int code = ExitCode.OK.value;
    for (@Nullable String line = prompt.read(); line != null; line = prompt.read()) {
      String command = line.strip();
      if (command.equals("exit") || command.equals("quit")) {
        return code;
      }
      if (!command.isEmpty() && !command.startsWith("#")) {
        code = device.run(command, System.out, System.err);
      }
    }
    return code;
  }
}
