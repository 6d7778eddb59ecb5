package dev.sonde.event.network;

/// What carries a DNS message.
public enum DnsTransport {
  /// One datagram (RFC 1035 §4.2.1).
  UDP,
  /// A stream, where messages follow each other (RFC 7766).
  TCP
}
