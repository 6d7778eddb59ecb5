package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.time.Instant;
import java.util.Optional;

/// A client looks for a network: the first time that it asks for this name.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param client its address
/// @param randomised whether the address was made up rather than assigned to a maker
/// @param ssid the network's name; empty if it looks for any
/// @param signalDbm how strong; empty where the capture does not tell
@Topic("sonde/network/wifi/client/PROBE")
public record WifiProbe(
    String source,
    Instant captured,
    MacAddress client,
    boolean randomised,
    RawText ssid,
    Optional<Integer> signalDbm)
    implements WifiEvent {}
