package dev.sonde.network;

/// Where a frame's network layer begins, and what it is.
///
/// @param etherType as IANA assigns them, 0x0800 for IPv4
/// @param offset index of its first byte in the frame
record NetworkLayer(int etherType, int offset) {

  static final int IPV4 = 0x0800;
  static final int ARP = 0x0806;
  static final int IPV6 = 0x86DD;

  /// A frame without a network layer that this module reads.
  static final NetworkLayer NONE = new NetworkLayer(-1, 0);
}
