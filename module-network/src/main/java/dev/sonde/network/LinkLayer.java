package dev.sonde.network;

/// Finds the network layer behind the link layer.
final class LinkLayer {

  private static final int ETHERNET_HEADER_BYTES = 14;
  private static final int LONGEST_802_3_LENGTH = 1500;
  private static final int VLAN_TAG_BYTES = 4;
  private static final int LLC_SNAP_BYTES = 8;
  private static final int AVS_MAGIC = 0x8021_1000;
  private static final int PRISM_CODE = 0x44;
  private static final int PRISM_OLD_CODE = 0x41;
  private static final int PPI_HEADER_BYTES = 8;

  private LinkLayer() {}

  /// Finds it. Where there is none that this module reads, the layers have no EtherType.
  ///
  /// @throws TruncatedException if the frame ends before it
  static void read(Frame frame, Layers layers) {
    switch (frame.linkType()) {
      case LinkType.ETHERNET -> ethernet(frame, layers);
      case LinkType.IEEE802_11 -> Dot11.read(frame, 0, 1, frame.length(), layers);
      case LinkType.IEEE802_11_RADIOTAP -> Radiotap.read(frame, layers);
      case LinkType.IEEE802_11_PRISM -> behind(frame, prismBytes(frame), layers);
      case LinkType.PPI -> ppi(frame, layers);
      case LinkType.NULL, LinkType.LOOP -> ip(frame, 4, layers);
      case LinkType.RAW, LinkType.IPV4, LinkType.IPV6 -> ip(frame, 0, layers);
      case LinkType.LINUX_SLL -> tagged(frame.u16(14), 16, frame, layers);
      case LinkType.LINUX_SLL2 -> tagged(frame.u16(0), 20, frame, layers);
      case LinkType.PPP -> ppp(frame, layers);
      default -> layers.network(EtherType.NONE, 0);
    }
  }

  private static void ethernet(Frame frame, Layers layers) {
    layers.targetMac = frame.mac(0);
    layers.sourceMac = frame.mac(6);
    tagged(frame.u16(12), ETHERNET_HEADER_BYTES, frame, layers);
  }

  /// What stands behind a field that is an EtherType, or an 802.3 length where it is small.
  private static void tagged(int typeOrLength, int offset, Frame frame, Layers layers) {
    int type = typeOrLength;
    int at = offset;
    while (isVlan(type)) {
      type = frame.u16(at + 2);
      at += VLAN_TAG_BYTES;
    }
    if (type <= LONGEST_802_3_LENGTH) {
      snap(frame, at, layers);
    } else {
      layers.network(type, at);
    }
  }

  private static boolean isVlan(int type) {
    return type == EtherType.VLAN
        || type == EtherType.VLAN_SERVICE
        || type == EtherType.VLAN_OLD_SERVICE;
  }

  /// What stands behind an LLC header with SNAP (IEEE 802, RFC 1042).
  static void snap(Frame frame, int offset, Layers layers) {
    if (frame.u16(offset) != 0xAAAA || frame.u8(offset + 2) != 3) {
      return;
    }
    int organisation = frame.u24(offset + 3);
    if (organisation == 0 || organisation == 0xF8) {
      layers.network(frame.u16(offset + 6), offset + LLC_SNAP_BYTES);
    }
  }

  private static void ip(Frame frame, int offset, Layers layers) {
    switch (frame.u8(offset) >> 4) {
      case 4 -> layers.network(EtherType.IPV4, offset);
      case 6 -> layers.network(EtherType.IPV6, offset);
      default -> layers.network(EtherType.NONE, 0);
    }
  }

  /// PPP (RFC 1661), with or without its HDLC address and control fields.
  private static void ppp(Frame frame, Layers layers) {
    int protocolAt = frame.u16(0) == 0xFF03 ? 2 : 0;
    switch (frame.u16(protocolAt)) {
      case 0x0021 -> layers.network(EtherType.IPV4, protocolAt + 2);
      case 0x0057 -> layers.network(EtherType.IPV6, protocolAt + 2);
      default -> layers.network(EtherType.NONE, 0);
    }
  }

  /// The length of a Prism header, or of an AVS header, which comes under the same link type and
  /// begins with a version (tcpdump.org/linktypes/LINKTYPE_IEEE802_11_PRISM.html). Some drivers
  /// leave it out.
  private static int prismBytes(Frame frame) {
    if ((frame.s32(0) & 0xFFFF_F000) == AVS_MAGIC) {
      return frame.s32(4);
    }
    int code = frame.s32LittleEndian(0);
    return code == PRISM_CODE || code == PRISM_OLD_CODE ? frame.s32LittleEndian(4) : 0;
  }

  /// The Per-Packet Information header, which names the link type behind it.
  private static void ppi(Frame frame, Layers layers) {
    int length = frame.u16LittleEndian(2);
    if (length >= PPI_HEADER_BYTES && frame.s32LittleEndian(4) == LinkType.IEEE802_11) {
      behind(frame, length, layers);
    }
  }

  private static void behind(Frame frame, int headerBytes, Layers layers) {
    frame.require(0, headerBytes);
    Dot11.read(frame, headerBytes, 1, frame.length(), layers);
  }
}
