package dev.sonde.event.network;

import dev.sonde.bus.Bytes;
import dev.sonde.bus.Topic;
import java.time.Instant;

/// An access point gives away a PMKID in message 1 of its handshake: whoever hears it can try
/// passwords without a client. Networks should use WPA3, or at least a long password.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param bssid the access point
/// @param client the client
/// @param pmkid 16 bytes
@Topic("sonde/network/wifi/PMKID")
public record WifiPmkid(
    String source, Instant captured, MacAddress bssid, MacAddress client, Bytes pmkid)
    implements WifiEvent {}
