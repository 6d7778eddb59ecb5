package dev.sonde.network;

/// A capture can not begin or go on, in words for the user.
class CaptureException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String remedy;

  /// @param problem what is wrong, and with what
  /// @param remedy what to do
  CaptureException(String problem, String remedy) {
    super(problem);
    this.remedy = remedy;
  }

  final String problem() {
    return String.valueOf(getMessage());
  }

  final String remedy() {
    return remedy;
  }
}
