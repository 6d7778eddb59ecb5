package dev.sonde.event.network;

import java.time.Instant;

/// What ARP says (RFC 826), and what follows from it for who holds which IPv4 address.
public sealed interface ArpEvent extends NetworkEvent
    permits ArpPacket, ArpNew, ArpChanged, ArpFlipFlop, ArpBogon, ArpGratuitous {

  /// Where it was heard.
  ///
  /// @return `live:eth0`, `pcap:FILE` or `sample`
  String source();

  /// When.
  ///
  /// @return as the capture has it
  Instant captured();
}
