package dev.sonde.network;

/// An interface is missing or down. It may come back.
final class LinkException extends CaptureException {

  private static final long serialVersionUID = 1L;

  /// @param problem what is wrong, and with what
  /// @param remedy what to do
  LinkException(String problem, String remedy) {
    super(problem, remedy);
  }
}
