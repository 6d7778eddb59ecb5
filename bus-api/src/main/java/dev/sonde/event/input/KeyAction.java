package dev.sonde.event.input;

/// What a key did. A tap is `PRESS`, `SHORT`, `RELEASE`; a key held down is `PRESS`, `LONG`,
/// `REPEAT` …, `RELEASE`.
public enum KeyAction {
  /// It went down.
  PRESS,
  /// It came up before it was held long.
  SHORT,
  /// It has been down for 300 ms.
  LONG,
  /// It is still down; every 150 ms after [#LONG].
  REPEAT,
  /// It came up; always the last of a press.
  RELEASE
}
