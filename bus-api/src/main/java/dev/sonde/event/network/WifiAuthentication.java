package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.time.Instant;

/// A step of authentication between a client and an access point.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param bssid the access point
/// @param client the client
/// @param fromClient whether the client sent it
/// @param algorithm 0 open, 1 shared key, 2 fast transition, 3 SAE
/// @param step the transaction sequence number, from 1
/// @param status 0 for success
@Topic("sonde/network/wifi/AUTHENTICATION")
public record WifiAuthentication(
    String source,
    Instant captured,
    MacAddress bssid,
    MacAddress client,
    boolean fromClient,
    int algorithm,
    int step,
    int status)
    implements WifiEvent {}
