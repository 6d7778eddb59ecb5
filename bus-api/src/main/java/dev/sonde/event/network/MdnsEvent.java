package dev.sonde.event.network;

/// A message of multicast DNS (RFC 6762), UDP port 5353.
public sealed interface MdnsEvent extends NetworkEvent permits MdnsQuery, MdnsResponse {

  /// The name of the first question, or of the first answer of a response that repeats no question;
  /// in presentation form as [DnsEvent#name] has it.
  ///
  /// @return empty where the message has neither
  String name();
}
