package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A device answers, or announces itself without having been asked.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param server who answers
/// @param name the name of the first question or, as mostly, of the first answer
/// @param type the type that goes with the name, as IANA names it, or `TYPE` and its number
/// @param addresses what the answers of type A and AAAA say, in their order
/// @param roundTrip how long after the last query for that name it came; empty for announcements
@Topic("sonde/network/mdns/RESPONSE")
public record MdnsResponse(
    String source,
    Instant captured,
    InetAddress server,
    String name,
    String type,
    List<InetAddress> addresses,
    Optional<Duration> roundTrip)
    implements MdnsEvent {

  /// Copies the list.
  public MdnsResponse {
    addresses = List.copyOf(addresses);
  }
}
