package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.time.Instant;

/// An access point is heard for the first time.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param accessPoint as last heard
@Topic("sonde/network/wifi/ap/NEW")
public record AccessPointNew(String source, Instant captured, AccessPoint accessPoint)
    implements WifiEvent {}
