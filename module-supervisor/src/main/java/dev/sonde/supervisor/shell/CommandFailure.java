package dev.sonde.supervisor.shell;

/// A command has failed. The shell shows an exception as a whole, and not its message: here they
/// are the same.
final class CommandFailure extends Exception {

  private static final long serialVersionUID = 1L;

  CommandFailure(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  @SuppressWarnings("OverrideThrowableToString")
  public String toString() {
    return String.valueOf(getMessage());
  }
}
