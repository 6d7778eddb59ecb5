package dev.sonde.event.network;

import dev.sonde.bus.Topic;
import java.time.Instant;

/// Something looks like an attack, or should be looked at. The rate of each kind is limited: what
/// is held back is counted in the next one.
///
/// @param source where it was heard: `live:eth0`, `pcap:FILE` or `sample`
/// @param captured when, as the capture has it
/// @param kind what it looks like
/// @param severity how bad it is if it is real
/// @param subject whom it is about: an address, a network's or a domain's name
/// @param detail what was seen, in words
/// @param suppressed alerts of this kind that were held back since the one before
@Topic("sonde/alert/NETWORK")
public record NetworkAlert(
    String source,
    Instant captured,
    Kind kind,
    Severity severity,
    String subject,
    String detail,
    long suppressed)
    implements NetworkEvent {

  /// What it looks like.
  public enum Kind {
    /// Many frames that throw clients off a Wi-Fi network.
    DEAUTHENTICATION_FLOOD,
    /// A network of a known name with other security.
    EVIL_TWIN,
    /// Two devices claim one IPv4 address in turn.
    ARP_SPOOFING,
    /// Many made-up clients ask for addresses.
    DHCP_STARVATION,
    /// One device tries many ports.
    PORT_SCAN,
    /// Much data in the names of DNS queries.
    DNS_TUNNELLING,
    /// A recording could not be written, mostly for want of room; the capture goes on.
    RECORDING_FAILED
  }

  /// How bad it is.
  public enum Severity {
    /// Worth knowing.
    LOW,
    /// Worth looking at.
    MEDIUM,
    /// Worth acting on.
    HIGH
  }
}
