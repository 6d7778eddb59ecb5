package dev.sonde.hardware;

/// Who drives the pins.
enum PinProvider {
  /// Pi4J's mock provider: pins that exist in memory only and are set by hand.
  MOCK,
  /// Nobody: no pins, and Pi4J is not loaded.
  NONE
}
