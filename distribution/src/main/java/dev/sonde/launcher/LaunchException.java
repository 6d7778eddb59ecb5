package dev.sonde.launcher;

/// Ends the process with one line for the user, who is told what to do.
final class LaunchException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ExitCode code;

  LaunchException(ExitCode code, String message) {
    super(message);
    this.code = code;
  }

  ExitCode code() {
    return code;
  }
}
