package dev.sonde.bus.spi;

/// Names and values, or JSON, that do not make an event. The message says which component is wrong,
/// what it was, and what it should be.
public final class EventFormatException extends Exception {

  private static final long serialVersionUID = 1L;

  /// Says what does not fit.
  ///
  /// @param message names the component, what was found and what was expected
  public EventFormatException(String message) {
    super(message);
  }
}
