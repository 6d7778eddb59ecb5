package dev.sonde.network;

import static dev.sonde.network.Octets.u16;
import static dev.sonde.network.Octets.u8;

/// Finds the UDP header behind an IP header, without an object: the cheap look that spares most
/// packets their dissection.
final class IpHeader {

  /// There is no UDP header, or it is in another fragment.
  static final int NO_UDP = -1;

  private static final int UDP = 17;
  private static final int IPV6_BYTES = 40;
  private static final int IPV4_FRAGMENT_MASK = 0x3FFF;
  private static final int IPV6_FRAGMENT_MASK = 0xFFF9;

  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION_OPTIONS = 60;

  private IpHeader() {}

  /// @param layer IPv4 or IPv6
  /// @return index of the UDP header, or [#NO_UDP]
  /// @throws IndexOutOfBoundsException if the packet ends before it
  static int udpOffset(byte[] data, NetworkLayer layer) {
    return layer.etherType() == NetworkLayer.IPV4
        ? behindIpv4(data, layer.offset())
        : behindIpv6(data, layer.offset());
  }

  private static int behindIpv4(byte[] data, int offset) {
    boolean whole = (u16(data, offset + 6) & IPV4_FRAGMENT_MASK) == 0;
    boolean udp = u8(data, offset + 9) == UDP;
    return whole && udp ? offset + (u8(data, offset) & 0xF) * 4 : NO_UDP;
  }

  /// Extension headers (RFC 8200 §4) are 8 bytes or longer, so the walk ends with the packet.
  private static int behindIpv6(byte[] data, int offset) {
    int next = u8(data, offset + 6);
    int at = offset + IPV6_BYTES;
    while (next != UDP) {
      int length = extensionBytes(next, data, at);
      if (length == 0) {
        return NO_UDP;
      }
      next = u8(data, at);
      at += length;
    }
    return at;
  }

  /// 0 where the walk ends: at another protocol, or in a fragment of something longer.
  private static int extensionBytes(int type, byte[] data, int at) {
    return switch (type) {
      case HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS -> (u8(data, at + 1) + 1) * 8;
      case AUTHENTICATION -> (u8(data, at + 1) + 2) * 4;
      case FRAGMENT -> (u16(data, at + 2) & IPV6_FRAGMENT_MASK) == 0 ? 8 : 0;
      default -> 0;
    };
  }
}
