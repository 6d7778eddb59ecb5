package dev.sonde.benchmarks;

/// What was typed can not be run; the message says why and what can.
public final class UsageException extends Exception {

  private static final long serialVersionUID = 1L;

  /// @param message says what is wrong, and what there is instead
  public UsageException(String message) {
    super(message);
  }
}
