package dev.sonde.network;

/// What is counted of each frame.
enum Counter {
  PACKETS,
  BYTES,
  ARP,
  DNS_QUERY,
  DNS_RESPONSE,
  PARSE_ERRORS
}
