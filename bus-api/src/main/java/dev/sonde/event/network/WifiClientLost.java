package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.time.Instant;

/// A Wi-Fi client was not heard for a while, as the capture's clock has it.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param client its address
/// @param randomised whether the address was made up rather than assigned to a maker
@Topic("sonde/network/wifi/client/LOST")
public record WifiClientLost(String source, Instant captured, MacAddress client, boolean randomised)
    implements WifiEvent {}
