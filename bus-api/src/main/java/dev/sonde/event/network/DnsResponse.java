package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A DNS response.
///
/// @param source where it was heard
/// @param captured when, as the capture has it
/// @param client who asked
/// @param server who answers
/// @param id the message's identification, 0 to 65,535
/// @param name the name of the first question
/// @param type the type of the first question as IANA names it, or `TYPE` and its number
/// @param responseCode the header's code as IANA names it (`NOERROR`, `NXDOMAIN`), or `RCODE` and
///     its number
/// @param addresses what the answers of type A and AAAA say, in their order
/// @param roundTrip how long after its query it came; empty where the query was not heard
/// @param transport what carried it
@Topic("sonde/network/dns/RESPONSE")
public record DnsResponse(
    String source,
    Instant captured,
    InetAddress client,
    InetAddress server,
    int id,
    String name,
    String type,
    String responseCode,
    List<InetAddress> addresses,
    Optional<Duration> roundTrip,
    DnsTransport transport)
    implements DnsEvent {

  /// Copies the list.
  public DnsResponse {
    addresses = List.copyOf(addresses);
  }

  /// A response over UDP whose query was not heard.
  ///
  /// @param source where it was heard
  /// @param captured when
  /// @param client who asked
  /// @param server who answers
  /// @param id the message's identification
  /// @param name the name of the first question
  /// @param type the type of the first question
  /// @param responseCode the header's code
  /// @param addresses what the answers say
  public DnsResponse(
      String source,
      Instant captured,
      InetAddress client,
      InetAddress server,
      int id,
      String name,
      String type,
      String responseCode,
      List<InetAddress> addresses) {
    this(
        source,
        captured,
        client,
        server,
        id,
        name,
        type,
        responseCode,
        addresses,
        Optional.empty(),
        DnsTransport.UDP);
  }
}
