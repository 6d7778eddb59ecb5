package dev.sonde.event.network;

/// A message of the domain name system (RFC 1035) over UDP, port 53.
public sealed interface DnsEvent extends NetworkEvent permits DnsQuery, DnsResponse {

  /// The name that is asked for, in presentation form without the trailing dot: bytes outside
  /// printable ASCII, and `.` and `\` within a label, are escaped as `\DDD` (RFC 4343 §2.1).
  ///
  /// @return empty for the root, or where the message has no question
  String name();
}
