package dev.sonde.event.network;

import java.time.Instant;

/// What is heard on the air (IEEE 802.11). Needs an interface in monitor mode, or a capture of one.
public sealed interface WifiEvent extends NetworkEvent
    permits AccessPointNew,
        AccessPointUpdated,
        AccessPointLost,
        WifiClientNew,
        WifiClientLost,
        WifiProbe,
        WifiAuthentication,
        WifiAssociation,
        WifiDisconnection,
        WifiHandshake,
        WifiPmkid {

  /// Where it was heard.
  ///
  /// @return `live:wlan0`, `pcap:FILE` or `sample`
  String source();

  /// When.
  ///
  /// @return as the capture has it
  Instant captured();
}
