package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.time.Instant;

/// A message of the four-way handshake (IEEE 802.11 clause 12.7.6).
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param bssid the access point
/// @param client the client
/// @param message 1 to 4
/// @param complete whether all four were heard since message 1
@Topic("sonde/network/wifi/HANDSHAKE")
public record WifiHandshake(
    String source,
    Instant captured,
    MacAddress bssid,
    MacAddress client,
    int message,
    boolean complete)
    implements WifiEvent {}
