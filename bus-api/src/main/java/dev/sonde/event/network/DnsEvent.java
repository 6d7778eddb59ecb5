package dev.sonde.event.network;

/// A message of the domain name system (RFC 1035), port 53, over UDP or TCP.
public sealed interface DnsEvent extends NetworkEvent permits DnsQuery, DnsResponse {

  /// The name that is asked for, in presentation form without the trailing dot: bytes outside
  /// printable ASCII, and `.` and `\` within a label, are escaped as `\DDD` (RFC 4343 §2.1).
  ///
  /// @return that of the first answer where there is no question; empty for the root, or without
  ///     both
  String name();

  /// What carried it.
  ///
  /// @return UDP or TCP
  DnsTransport transport();
}
