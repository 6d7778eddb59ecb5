package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.time.Instant;

/// An access point says something else of itself than before: name, channel, security, WPS or
/// beacon interval. A changing signal alone is no update.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param accessPoint as it is now
/// @param before as it was
@Topic("sonde/network/wifi/ap/UPDATED")
public record AccessPointUpdated(
    String source, Instant captured, AccessPoint accessPoint, AccessPoint before)
    implements WifiEvent {}
