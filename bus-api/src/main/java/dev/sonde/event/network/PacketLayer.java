package dev.sonde.event.network;

import dev.sonde.bus.Bytes;
import java.net.InetAddress;
import java.util.Optional;

/// One header of a packet and what it carries, as [PacketCaptured#layers] reads it. A program that
/// switches over layers writes a `default`: more kinds may come.
public sealed interface PacketLayer {

  /// What follows the header, as much of it as was captured, without what only pads the frame.
  ///
  /// @return a view of the packet's own bytes
  Bytes payload();

  /// Ethernet (IEEE 802.3).
  ///
  /// @param source who sends
  /// @param target who is to receive
  /// @param etherType of the payload, or the length of an 802.3 frame where below 1536
  /// @param payload what follows
  record Ethernet(MacAddress source, MacAddress target, int etherType, Bytes payload)
      implements PacketLayer {}

  /// A VLAN tag (IEEE 802.1Q).
  ///
  /// @param id of the VLAN, 0 to 4095
  /// @param priority 0 to 7
  /// @param etherType of the payload
  /// @param payload what follows
  record Vlan(int id, int priority, int etherType, Bytes payload) implements PacketLayer {}

  /// Wi-Fi (IEEE 802.11 clause 9.2), without what the card puts before it.
  ///
  /// @param type 0 management, 1 control, 2 data
  /// @param subtype 0 to 15: a beacon is management 8
  /// @param receiver the first address
  /// @param transmitter the second address, which acknowledgements do not have
  /// @param isProtected whether the payload is encrypted
  /// @param payload what follows, with the check sequence where the card delivers it
  record Dot11(
      int type,
      int subtype,
      MacAddress receiver,
      Optional<MacAddress> transmitter,
      boolean isProtected,
      Bytes payload)
      implements PacketLayer {}

  /// ARP for IPv4 over Ethernet (RFC 826).
  ///
  /// @param operation 1 request, 2 reply
  /// @param senderMac hardware address of the sender, as it claims
  /// @param sender address of the sender, as it claims
  /// @param targetMac hardware address of the target, zero in requests
  /// @param target address of the target
  /// @param payload nothing but padding
  record Arp(
      int operation,
      MacAddress senderMac,
      InetAddress sender,
      MacAddress targetMac,
      InetAddress target,
      Bytes payload)
      implements PacketLayer {}

  /// IPv4 (RFC 791), or IPv6 (RFC 8200) with its extension headers.
  ///
  /// @param version 4 or 6
  /// @param source who sends
  /// @param target who is to receive
  /// @param protocol of the payload, behind all extension headers: 6 is TCP, 17 UDP
  /// @param hopLimit how many routers it may pass
  /// @param isFragment whether the payload is only a part of a longer packet's
  /// @param payload what follows
  record Ip(
      int version,
      InetAddress source,
      InetAddress target,
      int protocol,
      int hopLimit,
      boolean isFragment,
      Bytes payload)
      implements PacketLayer {}

  /// ICMP (RFC 792), or ICMPv6 (RFC 4443).
  ///
  /// @param version 4 or 6, that of IP
  /// @param type 8 is an echo request in ICMP, 128 in ICMPv6
  /// @param code detail of the type
  /// @param payload what follows type, code and checksum
  record Icmp(int version, int type, int code, Bytes payload) implements PacketLayer {}

  /// UDP (RFC 768).
  ///
  /// @param sourcePort 0 to 65535
  /// @param targetPort 0 to 65535
  /// @param payload the datagram
  record Udp(int sourcePort, int targetPort, Bytes payload) implements PacketLayer {}

  /// TCP (RFC 9293).
  ///
  /// @param sourcePort 0 to 65535
  /// @param targetPort 0 to 65535
  /// @param sequence number of the payload's first byte, unsigned 32 bits
  /// @param acknowledgement the next sequence number that is expected, unsigned 32 bits
  /// @param flags 1 FIN, 2 SYN, 4 RST, 8 PSH, 16 ACK, 32 URG, 64 ECE, 128 CWR
  /// @param window as the header has it, unscaled
  /// @param payload the segment
  record Tcp(
      int sourcePort,
      int targetPort,
      long sequence,
      long acknowledgement,
      int flags,
      int window,
      Bytes payload)
      implements PacketLayer {}
}
