package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Instant;

/// A claim that can not be right: the address is no host's, or the packet names another sender than
/// its frame.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param ip the address
/// @param mac who claims it
/// @param reason what is wrong with it
@Topic("sonde/network/arp/BOGON")
public record ArpBogon(
    String source, Instant captured, InetAddress ip, MacAddress mac, String reason)
    implements ArpEvent {}
