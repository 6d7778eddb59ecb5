package dev.sonde.network;

/// A device of the sample. Addresses are those set apart for documentation: MAC addresses of RFC
/// 9542 §2.1.2, IPv4 of RFC 5737, IPv6 of RFC 3849.
///
/// @param mac in the low 48 bits
/// @param ip a literal IPv4 address
/// @param ip6 a literal IPv6 address
record SampleHost(long mac, String ip, String ip6) {

  static final long BROADCAST = 0xFFFF_FFFF_FFFFL;

  private static final long DOCUMENTATION_MACS = 0x0000_5E00_5300L;

  /// @param number 0 to 255, last byte of the MAC address
  /// @param network first three bytes of the IPv4 address
  /// @param host last byte of the IPv4 address
  static SampleHost of(int number, String network, int host) {
    return new SampleHost(mac(number), network + "." + host, "2001:db8:0:1::" + host);
  }

  static long mac(int number) {
    return DOCUMENTATION_MACS | number;
  }
}
