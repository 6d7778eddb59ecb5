package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.time.Instant;

/// An access point was not heard for a while, as the capture's clock has it.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param accessPoint as last heard
@Topic("sonde/network/wifi/ap/LOST")
public record AccessPointLost(String source, Instant captured, AccessPoint accessPoint)
    implements WifiEvent {}
