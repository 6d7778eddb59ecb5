package dev.sonde.event.network;

import dev.sonde.bus.Topic;

/// What became of a [SendCommand].
///
/// @param networkInterface the name of the interface, such as `eth0`
/// @param sent whether the frame went out
/// @param bytes how long it was, 0 if it was not sent
/// @param problem why it was not sent, and what to do; empty if it was
@Topic("sonde/network/send/RESULT")
public record SendResult(String networkInterface, boolean sent, int bytes, String problem)
    implements NetworkEvent {}
