package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A DHCP message of a client or a server (RFC 2131).
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param type `DISCOVER`, `OFFER`, `REQUEST`, `ACK` and so on (RFC 2132 §9.6); `BOOTP` where the
///     message names none, or `TYPE` and its number
/// @param transactionId ties requests and replies together
/// @param client the client's MAC address
/// @param address the address that is given, asked for or held
/// @param server the server's address as it identifies itself
/// @param hostName what the client calls itself (option 12); may be empty
/// @param vendorClass what the client is (option 60); may be empty
/// @param lease how long the address may be used (option 51)
@Topic("sonde/network/DHCP")
public record DhcpMessage(
    String source,
    Instant captured,
    String type,
    long transactionId,
    MacAddress client,
    Optional<InetAddress> address,
    Optional<InetAddress> server,
    RawText hostName,
    RawText vendorClass,
    Optional<Duration> lease)
    implements NetworkEvent {}
