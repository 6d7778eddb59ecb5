package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Instant;

/// A device asks all others on its link for a name or a service.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param client who asks
/// @param name the name of the first question, such as `_ipp._tcp.local`
/// @param type the type of the first question as IANA names it, or `TYPE` and its number
@Topic("sonde/network/mdns/QUERY")
public record MdnsQuery(
    String source, Instant captured, InetAddress client, String name, String type)
    implements MdnsEvent {}
