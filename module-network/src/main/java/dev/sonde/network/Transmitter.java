package dev.sonde.network;

/// Puts frames on the wire.
@FunctionalInterface
interface Transmitter {

  /// Sends one frame.
  ///
  /// @throws CaptureException if there is no such interface, it may not be opened or is down
  void send(String networkInterface, byte[] frame) throws CaptureException;
}
