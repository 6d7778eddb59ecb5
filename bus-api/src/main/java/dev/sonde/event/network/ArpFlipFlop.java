package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Instant;

/// An IPv4 address goes back to the device that claimed it before the last one: two devices hold
/// it, or one is being impersonated.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param ip the address
/// @param mac who claims it
/// @param before who claimed it until now
@Topic("sonde/network/arp/FLIP_FLOP")
public record ArpFlipFlop(
    String source, Instant captured, InetAddress ip, MacAddress mac, MacAddress before)
    implements ArpEvent {}
