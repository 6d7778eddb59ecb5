package dev.sonde.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/// What can be typed, as the device says.
///
/// @param commands as `module:list`
/// @param modules the modules' names, which go behind most commands of theirs
record CommandNames(List<String> commands, List<String> modules) {

  static CommandNames of(ExecClient device) throws LaunchException {
    return new CommandNames(ask(device, "$.commands"), ask(device, "module:names"));
  }

  private static List<String> ask(ExecClient device, String command) throws LaunchException {
    var out = new ByteArrayOutputStream();
    try (var print = new PrintStream(out, true, UTF_8)) {
      var _ =
          device.run(command, print, new PrintStream(PrintStream.nullOutputStream(), false, UTF_8));
    }
    return out.toString(UTF_8).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
