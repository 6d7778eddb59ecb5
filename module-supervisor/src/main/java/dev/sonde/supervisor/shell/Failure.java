package dev.sonde.supervisor.shell;

/// What a command threw, in one line.
final class Failure {

  private static final String NOT_FOUND = "Command not found: ";
  private static final String NO_MATCH = "Cannot coerce ";

  private Failure() {}

  static String describe(Throwable thrown) {
    String message = thrown.getMessage();
    if (message == null || message.isBlank()) {
      return thrown.getClass().getSimpleName();
    }
    if (message.startsWith(NOT_FOUND)) {
      return "unknown command '%s': help lists the commands"
          .formatted(message.substring(NOT_FOUND.length()));
    }
    int open = message.indexOf('(');
    if (message.startsWith(NO_MATCH) && open > 0) {
      String command = message.substring(NO_MATCH.length(), open);
      return "%s does not take these arguments: see help %s".formatted(command, command);
    }
    return message.lines().findFirst().orElse(message);
  }
}
