package dev.sonde.event.network;

/// Asks the network module to send one frame; to be given to [dev.sonde.bus.EventBus#ask] with
/// [SendResult] as the answer. Nothing is sent but on interfaces that the configuration allows, and
/// not more often than it allows; only interfaces whose link layer is Ethernet can be sent on.
public sealed interface SendCommand extends NetworkEvent
    permits SendFrame, SendArpRequest, SendEcho, SendWakeOnLan {

  /// On which interface.
  ///
  /// @return its name, such as `eth0`
  String networkInterface();
}
