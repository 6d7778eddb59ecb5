package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.time.Instant;

/// A client asks to join a network or to move within it, or is answered.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param bssid the access point
/// @param client the client
/// @param kind what it is
/// @param ssid the network's name in requests; empty in responses
/// @param status 0 for success in responses; 0 in requests
@Topic("sonde/network/wifi/ASSOCIATION")
public record WifiAssociation(
    String source,
    Instant captured,
    MacAddress bssid,
    MacAddress client,
    Kind kind,
    RawText ssid,
    int status)
    implements WifiEvent {

  /// The four frames of joining and moving.
  public enum Kind {
    /// A client asks to join.
    REQUEST,
    /// The access point answers.
    RESPONSE,
    /// A client asks to move here from another access point of the network.
    REASSOCIATION_REQUEST,
    /// The access point answers.
    REASSOCIATION_RESPONSE
  }
}
