package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Instant;

/// An IPv4 address is claimed that nobody claimed before.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param ip the address
/// @param mac who claims it
@Topic("sonde/network/arp/NEW")
public record ArpNew(String source, Instant captured, InetAddress ip, MacAddress mac)
    implements ArpEvent {}
