package dev.sonde.network;

import static dev.sonde.network.Octets.s32LittleEndian;
import static dev.sonde.network.Octets.u16;
import static dev.sonde.network.Octets.u8;

import java.util.Objects;

/// Finds the network layer behind the link layer.
///
/// Done here rather than by pcap4j, which knows no Prism header, no 802.11 data frame and no
/// `LINUX_SLL2`, and which would dissect every frame to its end to learn that it is neither ARP nor
/// DNS.
final class LinkLayer {

  private static final int ETHERNET_HEADER_BYTES = 14;
  private static final int LONGEST_802_3_LENGTH = 1500;
  private static final int VLAN = 0x8100;
  private static final int VLAN_SERVICE = 0x88A8;
  private static final int VLAN_OLD_SERVICE = 0x9100;
  private static final int VLAN_TAG_BYTES = 4;
  private static final int LLC_SNAP_BYTES = 8;

  private LinkLayer() {}

  /// Finds it.
  ///
  /// @return [NetworkLayer#NONE] where there is none, or none that this module reads
  /// @throws IndexOutOfBoundsException if the frame ends before it
  static NetworkLayer find(int linkType, byte[] data) {
    return switch (linkType) {
      case LinkType.ETHERNET -> tagged(u16(data, 12), ETHERNET_HEADER_BYTES, data);
      case LinkType.IEEE802_11 -> Dot11.networkLayer(data, 0);
      case LinkType.IEEE802_11_RADIOTAP -> Radiotap.networkLayer(data);
      case LinkType.IEEE802_11_PRISM -> Dot11.networkLayer(data, prismBytes(data));
      case LinkType.NULL, LinkType.LOOP -> ip(data, 4);
      case LinkType.RAW, LinkType.IPV4, LinkType.IPV6 -> ip(data, 0);
      case LinkType.LINUX_SLL -> tagged(u16(data, 14), 16, data);
      case LinkType.LINUX_SLL2 -> tagged(u16(data, 0), 20, data);
      case LinkType.PPP -> ppp(data);
      default -> NetworkLayer.NONE;
    };
  }

  /// What stands behind a field that is an EtherType, or an 802.3 length where it is small.
  private static NetworkLayer tagged(int typeOrLength, int offset, byte[] data) {
    int type = typeOrLength;
    int at = offset;
    while (type == VLAN || type == VLAN_SERVICE || type == VLAN_OLD_SERVICE) {
      type = u16(data, at + 2);
      at += VLAN_TAG_BYTES;
    }
    return type <= LONGEST_802_3_LENGTH ? snap(data, at) : new NetworkLayer(type, at);
  }

  /// What stands behind an LLC header with SNAP (IEEE 802, RFC 1042).
  static NetworkLayer snap(byte[] data, int offset) {
    if (u16(data, offset) != 0xAAAA || u8(data, offset + 2) != 3) {
      return NetworkLayer.NONE;
    }
    int organisation = (u16(data, offset + 3) << 8) | u8(data, offset + 5);
    boolean etherType = organisation == 0 || organisation == 0xF8;
    return etherType
        ? new NetworkLayer(u16(data, offset + 6), offset + LLC_SNAP_BYTES)
        : NetworkLayer.NONE;
  }

  private static NetworkLayer ip(byte[] data, int offset) {
    return switch (u8(data, offset) >> 4) {
      case 4 -> new NetworkLayer(NetworkLayer.IPV4, offset);
      case 6 -> new NetworkLayer(NetworkLayer.IPV6, offset);
      default -> NetworkLayer.NONE;
    };
  }

  /// PPP (RFC 1661), with or without its HDLC address and control fields.
  private static NetworkLayer ppp(byte[] data) {
    int protocolAt = u16(data, 0) == 0xFF03 ? 2 : 0;
    return switch (u16(data, protocolAt)) {
      case 0x0021 -> new NetworkLayer(NetworkLayer.IPV4, protocolAt + 2);
      case 0x0057 -> new NetworkLayer(NetworkLayer.IPV6, protocolAt + 2);
      default -> NetworkLayer.NONE;
    };
  }

  /// The length of a Prism header, or of an AVS header, which comes under the same link type and
  /// begins with a version (tcpdump.org/linktypes/LINKTYPE_IEEE802_11_PRISM.html).
  private static int prismBytes(byte[] data) {
    boolean avs = (Octets.s32(data, 0) & 0xFFFF_F000) == 0x8021_1000;
    int length = avs ? Octets.s32(data, 4) : s32LittleEndian(data, 4);
    return Objects.checkIndex(length, data.length);
  }
}
