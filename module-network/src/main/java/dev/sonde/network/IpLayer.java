package dev.sonde.network;

/// IPv4 (RFC 791) and IPv6 (RFC 8200) headers, and the ports behind them.
final class IpLayer {

  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;

  static final int FIN = 0x01;
  static final int SYN = 0x02;
  static final int RST = 0x04;
  static final int ACK = 0x10;

  private static final int IPV4_BYTES = 20;
  private static final int IPV6_BYTES = 40;
  private static final int UDP_BYTES = 8;
  private static final int TCP_BYTES = 20;
  private static final int IPV4_FRAGMENT_MASK = 0x3FFF;
  private static final int IPV6_FRAGMENT_MASK = 0xFFF9;
  private static final int IPV6_FRAGMENT_OFFSET_MASK = 0xFFF8;

  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION_OPTIONS = 60;

  private IpLayer() {}

  /// Reads on behind the network layer's offset.
  ///
  /// @throws TruncatedException if the packet ends before its ports
  static void read(Frame frame, Layers layers) {
    if (layers.etherType == EtherType.IPV4) {
      ipv4(frame, layers.networkAt, layers);
    } else if (layers.etherType == EtherType.IPV6) {
      ipv6(frame, layers.networkAt, layers);
    } else {
      return;
    }
    if (layers.transportAt != Layers.NONE && !layers.fragment) {
      ports(frame, layers);
    }
  }

  private static void ipv4(Frame frame, int at, Layers layers) {
    frame.require(at, IPV4_BYTES);
    int headerBytes = (frame.u8(at) & 0xF) * 4;
    if (headerBytes < IPV4_BYTES || frame.u8(at) >> 4 != 4) {
      throw new TruncatedException();
    }
    layers.addressBytes = 4;
    layers.sourceAddressAt = at + 12;
    layers.targetAddressAt = at + 16;
    layers.protocol = frame.u8(at + 9);
    layers.fragment = (frame.u16(at + 6) & IPV4_FRAGMENT_MASK) != 0;
    // a length of 0 is what network cards leave that split packets themselves
    int total = frame.u16(at + 2);
    layers.ipBytes = total == 0 ? frame.length() - at : total;
    layers.end = Math.min(frame.length(), at + layers.ipBytes);
    layers.transportAt = at + headerBytes;
  }

  private static void ipv6(Frame frame, int at, Layers layers) {
    frame.require(at, IPV6_BYTES);
    layers.addressBytes = 16;
    layers.sourceAddressAt = at + 8;
    layers.targetAddressAt = at + 24;
    int payload = frame.u16(at + 4);
    layers.ipBytes = payload == 0 ? frame.length() - at : IPV6_BYTES + payload;
    layers.end = Math.min(frame.length(), at + layers.ipBytes);
    extensions(frame, at, layers);
  }

  /// Extension headers (RFC 8200 §4) are 8 bytes or longer, so the walk ends with the packet.
  private static void extensions(Frame frame, int ipAt, Layers layers) {
    int next = frame.u8(ipAt + 6);
    int at = ipAt + IPV6_BYTES;
    while (isExtension(next) && !isLaterFragment(next, frame, at)) {
      layers.fragment |= next == FRAGMENT && (frame.u16(at + 2) & IPV6_FRAGMENT_MASK) != 0;
      int length = extensionBytes(next, frame, at);
      next = frame.u8(at);
      at += length;
    }
    layers.fragment |= next == FRAGMENT;
    layers.protocol = next;
    layers.transportAt = at;
  }

  private static boolean isLaterFragment(int type, Frame frame, int at) {
    return type == FRAGMENT && (frame.u16(at + 2) & IPV6_FRAGMENT_OFFSET_MASK) != 0;
  }

  private static boolean isExtension(int type) {
    return switch (type) {
      case HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS, AUTHENTICATION, FRAGMENT -> true;
      default -> false;
    };
  }

  private static int extensionBytes(int type, Frame frame, int at) {
    return switch (type) {
      case AUTHENTICATION -> (frame.u8(at + 1) + 2) * 4;
      case FRAGMENT -> 8;
      default -> (frame.u8(at + 1) + 1) * 8;
    };
  }

  private static void ports(Frame frame, Layers layers) {
    if (layers.protocol == UDP) {
      udp(frame, layers.transportAt, layers);
    } else if (layers.protocol == TCP) {
      tcp(frame, layers.transportAt, layers);
    }
  }

  private static void udp(Frame frame, int at, Layers layers) {
    readPorts(frame, at, layers);
    int length = frame.u16(at + 4);
    layers.payloadAt = at + UDP_BYTES;
    if (length >= UDP_BYTES) {
      layers.end = Math.min(layers.end, at + length);
    } else if (length != 0) {
      throw new TruncatedException();
    }
    layers.end = Math.max(layers.end, layers.payloadAt);
    frame.require(at, UDP_BYTES);
  }

  private static void tcp(Frame frame, int at, Layers layers) {
    readPorts(frame, at, layers);
    frame.require(at, TCP_BYTES);
    layers.sequence = frame.u32(at + 4);
    layers.tcpFlags = frame.u8(at + 13);
    int headerBytes = (frame.u8(at + 12) >> 4) * 4;
    if (headerBytes < TCP_BYTES) {
      throw new TruncatedException();
    }
    layers.payloadAt = at + headerBytes;
    layers.end = Math.max(layers.end, layers.payloadAt);
    frame.require(at, headerBytes);
  }

  private static void readPorts(Frame frame, int at, Layers layers) {
    layers.sourcePort = frame.u16(at);
    layers.targetPort = frame.u16(at + 2);
  }
}
