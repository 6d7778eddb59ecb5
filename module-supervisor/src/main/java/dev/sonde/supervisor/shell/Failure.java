package dev.sonde.supervisor.shell;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.concurrent.CancellationException;

/// What a command threw, in one line; an empty one if it was interrupted.
final class Failure {

  private static final String NOT_FOUND = "Command not found: ";
  private static final String NO_MATCH = "Cannot coerce ";

  private Failure() {}

  /// @param command the line that was typed
  static String describe(Throwable thrown, String command) {
    return switch (thrown) {
      // Whoever pressed Ctrl-C knows.
      case InterruptedException _, CancellationException _ -> "";
      case NoSuchFileException missing -> "there is no file " + missing.getFile();
      case AccessDeniedException denied -> denied.getFile() + " may not be read or written here";
      case FileSystemException file when file.getReason() == null ->
          file.getFile() + " can not be used";
      default -> {
        String message = thrown.getMessage();
        yield message == null || message.isBlank()
            ? withoutMessage(thrown, command)
            : ofMessage(message, command);
      }
    };
  }

  private static String withoutMessage(Throwable thrown, String command) {
    String where =
        Arrays.stream(thrown.getStackTrace()).findFirst().map(frame -> ", at " + frame).orElse("");
    return "%s failed by a fault of its own, %s%s"
        .formatted(firstWord(command), thrown.getClass().getSimpleName(), where);
  }

  private static String ofMessage(String message, String command) {
    if (message.startsWith(NOT_FOUND)) {
      return "unknown command '%s': help lists the commands"
          .formatted(message.substring(NOT_FOUND.length()));
    }
    int open = message.indexOf('(');
    if (message.startsWith(NO_MATCH) && open > 0) {
      // Gogo leaves the scope out, which may make it another command.
      String name = message.substring(NO_MATCH.length(), open);
      String typed = firstWord(command);
      String shown = typed.endsWith(":" + name) ? typed : name;
      return "%s does not take these arguments: see help %s".formatted(shown, shown);
    }
    return message.lines().findFirst().orElse(message);
  }

  private static String firstWord(String command) {
    return command.strip().split("\\s", 2)[0];
  }
}
