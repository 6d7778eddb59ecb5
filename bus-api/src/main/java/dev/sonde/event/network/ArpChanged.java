package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Instant;

/// An IPv4 address is claimed by another device than before.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param ip the address
/// @param mac who claims it
/// @param before who claimed it until now
@Topic("sonde/network/arp/CHANGED")
public record ArpChanged(
    String source, Instant captured, InetAddress ip, MacAddress mac, MacAddress before)
    implements ArpEvent {}
