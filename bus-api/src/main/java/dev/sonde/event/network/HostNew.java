package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;

/// A device is heard on the wire for the first time.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param mac its address
/// @param vendor who was assigned the address's prefix; empty for addresses that were made up
/// @param randomised whether the address was made up rather than assigned to a maker
/// @param ip the address that it claims, where ARP told it
@Topic("sonde/network/host/NEW")
public record HostNew(
    String source,
    Instant captured,
    MacAddress mac,
    Optional<String> vendor,
    boolean randomised,
    Optional<InetAddress> ip)
    implements NetworkEvent {}
