package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Instant;

/// An ARP packet for IPv4 over Ethernet or Wi-Fi (RFC 826).
///
/// @param source where it was heard
/// @param captured when, as the capture has it
/// @param operation 1 for a request, 2 for a reply, others as IANA assigns them
/// @param senderMac who sends, by its own account
/// @param senderIp the address that the sender claims
/// @param targetMac whom it is for; zero in a request
/// @param targetIp the address that is asked for
@Topic("sonde/network/ARP")
public record ArpPacket(
    String source,
    Instant captured,
    int operation,
    MacAddress senderMac,
    InetAddress senderIp,
    MacAddress targetMac,
    InetAddress targetIp)
    implements ArpEvent {}
