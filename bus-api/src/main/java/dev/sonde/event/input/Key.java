package dev.sonde.event.input;

/// The keys of the device.
public enum Key {
  /// Up.
  UP,
  /// Down.
  DOWN,
  /// Left.
  LEFT,
  /// Right.
  RIGHT,
  /// Confirm.
  OK,
  /// Back, or cancel.
  BACK
}
