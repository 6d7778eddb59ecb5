package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.time.Instant;

/// A Wi-Fi client is heard for the first time.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param client its address
/// @param randomised whether the address was made up rather than assigned to a maker
@Topic("sonde/network/wifi/client/NEW")
public record WifiClientNew(String source, Instant captured, MacAddress client, boolean randomised)
    implements WifiEvent {}
