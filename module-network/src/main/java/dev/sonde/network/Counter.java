package dev.sonde.network;

import java.util.Locale;

/// What is counted, most of it once a frame. The names are those of
/// [dev.sonde.event.network.CaptureStatistics].
enum Counter {
  PACKETS,
  ARP,
  DNS_QUERY,
  DNS_RESPONSE,
  MDNS,
  LLMNR,
  DHCP,
  TLS_CLIENT_HELLO,
  TLS_SNI,
  TLS_SNI_UNIQUE,
  WIFI_BEACON,
  WIFI_PROBE_REQUEST,
  WIFI_PROBE_RESPONSE,
  WIFI_AUTHENTICATION,
  WIFI_ASSOCIATION_REQUEST,
  WIFI_ASSOCIATION_RESPONSE,
  WIFI_REASSOCIATION_REQUEST,
  WIFI_DEAUTHENTICATION,
  WIFI_DISASSOCIATION,
  EAPOL,
  BYTES,
  PARSE_ERRORS("parseErrors"),
  EVICTED,
  DROPPED_BY_US("droppedByUs");

  private final String figure;

  Counter() {
    this.figure = name().toLowerCase(Locale.ROOT);
  }

  Counter(String figure) {
    this.figure = figure;
  }

  /// Its name in events.
  String figure() {
    return figure;
  }
}
