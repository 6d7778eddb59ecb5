package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Instant;

/// A device announces its own IPv4 address without having been asked (RFC 5227 §3).
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param ip the address
/// @param mac who claims it
@Topic("sonde/network/arp/GRATUITOUS")
public record ArpGratuitous(String source, Instant captured, InetAddress ip, MacAddress mac)
    implements ArpEvent {}
