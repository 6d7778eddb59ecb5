package dev.sonde.supervisor.shell;

/// What a command threw, in one line.
final class Failure {

  private static final String NOT_FOUND = "Command not found: ";
  private static final String NO_MATCH = "Cannot coerce ";

  private Failure() {}

  /// @param command the line that was typed
  static String describe(Throwable thrown, String command) {
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
      // Gogo leaves the scope out, which may make it another command.
      String name = message.substring(NO_MATCH.length(), open);
      String typed = command.strip().split("\\s", 2)[0];
      String shown = typed.endsWith(":" + name) ? typed : name;
      return "%s does not take these arguments: see help %s".formatted(shown, shown);
    }
    return message.lines().findFirst().orElse(message);
  }
}
