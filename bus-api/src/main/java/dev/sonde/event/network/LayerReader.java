package dev.sonde.event.network;

import dev.sonde.bus.Bytes;
import dev.sonde.event.network.PacketLayer.Arp;
import dev.sonde.event.network.PacketLayer.Dot11;
import dev.sonde.event.network.PacketLayer.Ethernet;
import dev.sonde.event.network.PacketLayer.Icmp;
import dev.sonde.event.network.PacketLayer.Ip;
import dev.sonde.event.network.PacketLayer.Tcp;
import dev.sonde.event.network.PacketLayer.Udp;
import dev.sonde.event.network.PacketLayer.Vlan;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads headers one by one, for whoever asks for them. Where one does not fit into what was
/// captured, the layers end before it.
///
/// The network module's own way is another: it reads every packet, and makes no objects.
final class LayerReader {

  private static final int VLAN = 0x8100;
  private static final int VLAN_SERVICE = 0x88A8;
  private static final int VLAN_OLD_SERVICE = 0x9100;
  private static final int ARP = 0x0806;
  private static final int IPV4 = 0x0800;
  private static final int IPV6 = 0x86DD;

  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMPV6 = 58;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;

  private LayerReader() {}

  /// The first layer of a frame.
  static Optional<PacketLayer> first(int linkType, Bytes frame) {
    return whole(() -> ofLinkType(linkType, frame));
  }

  /// The layer that another one carries.
  static Optional<PacketLayer> next(PacketLayer layer) {
    return whole(() -> in(layer));
  }

  private static Optional<PacketLayer> whole(Supplier<@Nullable PacketLayer> read) {
    try {
      return Optional.ofNullable(read.get());
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty(); // it does not fit into what was captured
    }
  }

  private static @Nullable PacketLayer ofLinkType(int linkType, Bytes frame) {
    return switch (linkType) {
      case 1 -> ethernet(frame);
      case 105 -> dot11(frame);
      case 127 -> dot11(from(frame, u16LittleEndian(frame, 2)));
      case 0, 108 -> ip(from(frame, 4));
      case 12, 101, 228, 229 -> ip(frame);
      case 113 -> ofEtherType(u16(frame, 14), from(frame, 16));
      case 276 -> ofEtherType(u16(frame, 0), from(frame, 20));
      default -> null;
    };
  }

  private static @Nullable PacketLayer in(PacketLayer layer) {
    return switch (layer) {
      case Ethernet ethernet -> ofEtherType(ethernet.etherType(), ethernet.payload());
      case Vlan vlan -> ofEtherType(vlan.etherType(), vlan.payload());
      case Dot11 dot11 when isReadable(dot11) -> ofSnap(dot11.payload());
      case Ip ip when !ip.isFragment() -> ofProtocol(ip);
      default -> null;
    };
  }

  private static Ethernet ethernet(Bytes frame) {
    return new Ethernet(mac(frame, 6), mac(frame, 0), u16(frame, 12), from(frame, 14));
  }

  private static @Nullable PacketLayer ofEtherType(int type, Bytes data) {
    return switch (type) {
      case VLAN, VLAN_SERVICE, VLAN_OLD_SERVICE ->
          new Vlan(u16(data, 0) & 0xFFF, u16(data, 0) >> 13, u16(data, 2), from(data, 4));
      case ARP -> arp(data);
      case IPV4, IPV6 -> ip(data);
      default -> type <= 1500 ? ofSnap(data) : null;
    };
  }

  /// Behind an LLC header with SNAP (RFC 1042).
  private static @Nullable PacketLayer ofSnap(Bytes data) {
    boolean snap = u16(data, 0) == 0xAAAA && u8(data, 2) == 3 && u16(data, 3) == 0;
    return snap ? ofEtherType(u16(data, 6), from(data, 8)) : null;
  }

  private static boolean isReadable(Dot11 dot11) {
    boolean empty = (dot11.subtype() & 4) != 0;
    return dot11.type() == 2 && !empty && !dot11.isProtected();
  }

  private static Dot11 dot11(Bytes frame) {
    int type = (u8(frame, 0) >> 2) & 3;
    int subtype = u8(frame, 0) >> 4;
    boolean hasTransmitter = type != 1 || (subtype != 12 && subtype != 13);
    return new Dot11(
        type,
        subtype,
        mac(frame, 4),
        hasTransmitter ? Optional.of(mac(frame, 10)) : Optional.empty(),
        (u8(frame, 1) & 0x40) != 0,
        from(frame, dot11HeaderBytes(type, subtype, u8(frame, 1))));
  }

  /// IEEE 802.11 clause 9.2.4: a fourth address between access points, QoS and HT control.
  private static int dot11HeaderBytes(int type, int subtype, int flags) {
    if (type == 1) {
      return subtype == 12 || subtype == 13 ? 10 : 16;
    }
    boolean qos = type == 2 && (subtype & 8) != 0;
    int bytes = 24;
    bytes += type == 2 && (flags & 3) == 3 ? 6 : 0;
    bytes += qos ? 2 : 0;
    bytes += (flags & 0x80) != 0 && (qos || type == 0) ? 4 : 0;
    return bytes;
  }

  private static @Nullable Arp arp(Bytes data) {
    boolean ipv4OverEthernet = u16(data, 2) == IPV4 && u16(data, 4) == 0x0604;
    return ipv4OverEthernet
        ? new Arp(
            u16(data, 6),
            mac(data, 8),
            address(data, 14, 4),
            mac(data, 18),
            address(data, 24, 4),
            from(data, 28))
        : null;
  }

  private static @Nullable Ip ip(Bytes data) {
    return switch (u8(data, 0) >> 4) {
      case 4 -> ipv4(data);
      case 6 -> ipv6(data);
      default -> null;
    };
  }

  private static @Nullable Ip ipv4(Bytes data) {
    int headerBytes = (u8(data, 0) & 0xF) * 4;
    return headerBytes < 20
        ? null
        : new Ip(
            4,
            address(data, 12, 4),
            address(data, 16, 4),
            u8(data, 9),
            u8(data, 8),
            (u16(data, 6) & 0x3FFF) != 0,
            from(upTo(data, u16(data, 2)), headerBytes));
  }

  /// Extension headers are 8 bytes or longer, so the walk ends with the packet.
  private static Ip ipv6(Bytes data) {
    int length = u16(data, 4);
    Bytes packet = upTo(data, length == 0 ? 0 : 40 + length);
    int protocol = u8(data, 6);
    int at = 40;
    boolean fragment = false;
    while (isExtension(protocol) && !isLaterFragment(packet, at, protocol)) {
      fragment |= protocol == FRAGMENT && (u16(packet, at + 2) & 0xFFF9) != 0;
      int bytes = extensionBytes(protocol, u8(packet, at + 1));
      protocol = u8(packet, at);
      at += bytes;
    }
    fragment |= protocol == FRAGMENT;
    return new Ip(
        6,
        address(data, 8, 16),
        address(data, 24, 16),
        protocol,
        u8(data, 7),
        fragment,
        from(packet, at));
  }

  private static boolean isLaterFragment(Bytes packet, int at, int protocol) {
    return protocol == FRAGMENT && (u16(packet, at + 2) & 0xFFF8) != 0;
  }

  private static boolean isExtension(int protocol) {
    return switch (protocol) {
      case 0, 43, FRAGMENT, AUTHENTICATION, 60 -> true;
      default -> false;
    };
  }

  private static int extensionBytes(int protocol, int length) {
    return switch (protocol) {
      case FRAGMENT -> 8;
      case AUTHENTICATION -> (length + 2) * 4;
      default -> (length + 1) * 8;
    };
  }

  private static @Nullable PacketLayer ofProtocol(Ip ip) {
    Bytes data = ip.payload();
    return switch (ip.protocol()) {
      case TCP -> tcp(data);
      case UDP -> udp(data);
      case ICMP, ICMPV6 -> new Icmp(ip.version(), u8(data, 0), u8(data, 1), from(data, 4));
      default -> null;
    };
  }

  private static Udp udp(Bytes data) {
    Bytes datagram = upTo(data, u16(data, 4));
    return new Udp(u16(data, 0), u16(data, 2), from(datagram, 8));
  }

  private static @Nullable Tcp tcp(Bytes data) {
    int headerBytes = (u8(data, 12) >> 4) * 4;
    return headerBytes < 20
        ? null
        : new Tcp(
            u16(data, 0),
            u16(data, 2),
            u32(data, 4),
            u32(data, 8),
            u8(data, 13),
            u16(data, 14),
            from(data, headerBytes));
  }

  /// The first bytes; all of them where a length of 0 leaves it open, or is more than there is.
  private static Bytes upTo(Bytes data, int length) {
    return length == 0 || length > data.length() ? data : data.slice(0, length);
  }

  private static Bytes from(Bytes data, int at) {
    return data.slice(at, data.length() - at);
  }

  private static int u8(Bytes data, int at) {
    return data.get(at) & 0xFF;
  }

  private static int u16(Bytes data, int at) {
    return (u8(data, at) << 8) | u8(data, at + 1);
  }

  private static int u16LittleEndian(Bytes data, int at) {
    return u8(data, at) | (u8(data, at + 1) << 8);
  }

  private static long u32(Bytes data, int at) {
    return ((long) u16(data, at) << 16) | u16(data, at + 2);
  }

  private static MacAddress mac(Bytes data, int at) {
    return MacAddress.of(data.slice(at, 6));
  }

  private static InetAddress address(Bytes data, int at, int bytes) {
    try {
      return InetAddress.getByAddress(data.slice(at, bytes).toArray());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("An IP address of " + bytes + " bytes", e);
    }
  }
}
