package dev.sonde.event.network;

import dev.sonde.bus.Bytes;
import dev.sonde.bus.Topic;

/// Asks to send a frame as it is.
///
/// @param networkInterface the name of the interface, such as `eth0`
/// @param data from the link layer's first byte, at least a header of 14 bytes
@Topic("sonde/network/send/FRAME")
public record SendFrame(String networkInterface, Bytes data) implements SendCommand {

  @Override
  public int payloadBytes() {
    return data.length();
  }
}
