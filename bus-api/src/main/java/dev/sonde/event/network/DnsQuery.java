package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Instant;

/// A DNS query.
///
/// @param source where it was heard
/// @param captured when, as the capture has it
/// @param client who asks
/// @param server who is asked
/// @param id the message's identification, 0 to 65,535
/// @param name the name of the first question
/// @param type the type of the first question as IANA names it (`A`, `AAAA`), or `TYPE` and its
///     number
/// @param transport what carried it
@Topic("sonde/network/dns/QUERY")
public record DnsQuery(
    String source,
    Instant captured,
    InetAddress client,
    InetAddress server,
    int id,
    String name,
    String type,
    DnsTransport transport)
    implements DnsEvent {

  /// A query over UDP.
  ///
  /// @param source where it was heard
  /// @param captured when
  /// @param client who asks
  /// @param server who is asked
  /// @param id the message's identification
  /// @param name the name of the first question
  /// @param type the type of the first question
  public DnsQuery(
      String source,
      Instant captured,
      InetAddress client,
      InetAddress server,
      int id,
      String name,
      String type) {
    this(source, captured, client, server, id, name, type, DnsTransport.UDP);
  }
}
