package dev.sonde.network;

import java.net.InetAddress;

/// Packets of the sample from the network layer up, with their checksums right.
final class SampleIp {

  static final int ICMP = 1;
  static final int TCP = 6;
  static final int UDP = 17;
  static final int SYN = 0x02;
  static final int FIN_ACK = 0x11;
  static final int SYN_ACK = 0x12;
  static final int ACK = 0x10;
  static final int PUSH_ACK = 0x18;

  private static final int HOP_LIMIT = 64;
  private static final int WINDOW_BYTES = 64_240;

  private SampleIp() {}

  /// A literal address, IPv4 or IPv6, as bytes.
  static byte[] address(String literal) {
    return InetAddress.ofLiteral(literal).getAddress();
  }

  static byte[] udp(Endpoint from, Endpoint to, byte[] payload) {
    byte[] segment =
        new PacketWriter()
            .u16(from.port())
            .u16(to.port())
            .u16(payload.length + 8)
            .u16(0)
            .bytes(payload)
            .done();
    return ip(UDP, from.ip(), to.ip(), segment, 6);
  }

  /// A TCP segment (RFC 9293 §3.1) without options.
  static byte[] tcp(
      Endpoint from, Endpoint to, long sequence, long acknowledged, int flags, byte[] payload) {
    byte[] segment =
        new PacketWriter()
            .u16(from.port())
            .u16(to.port())
            .u32(sequence)
            .u32(acknowledged)
            .u8(5 << 4)
            .u8(flags)
            .u16(WINDOW_BYTES)
            .u16(0)
            .u16(0)
            .bytes(payload)
            .done();
    return ip(TCP, from.ip(), to.ip(), segment, 16);
  }

  /// An ICMP echo (RFC 792): type 8 asks, type 0 answers.
  static byte[] echo(int type, String from, String to, int sequence) {
    byte[] message =
        new PacketWriter().u8(type).u8(0).u16(0).u16(0x5D).u16(sequence).zeros(48).done();
    put16(message, 2, checksum(message, 0));
    return ip(ICMP, from, to, message, -1);
  }

  private static byte[] ip(int protocol, String from, String to, byte[] payload, int checksumAt) {
    byte[] source = address(from);
    byte[] destination = address(to);
    if (checksumAt >= 0) {
      int pseudoHeader = sum(source, 0) + sum(destination, 0) + protocol + payload.length;
      int sum = checksum(payload, pseudoHeader);
      put16(payload, checksumAt, sum == 0 ? 0xFFFF : sum);
    }
    return source.length == 4
        ? ipv4(protocol, source, destination, payload)
        : ipv6(protocol, source, destination, payload);
  }

  private static byte[] ipv4(int protocol, byte[] source, byte[] destination, byte[] payload) {
    byte[] header =
        new PacketWriter()
            .u16(0x4500)
            .u16(20 + payload.length)
            .u16(0)
            .u16(0x4000)
            .u8(HOP_LIMIT)
            .u8(protocol)
            .u16(0)
            .bytes(source)
            .bytes(destination)
            .done();
    put16(header, 10, checksum(header, 0));
    return new PacketWriter().bytes(header).bytes(payload).done();
  }

  private static byte[] ipv6(int next, byte[] source, byte[] destination, byte[] payload) {
    return new PacketWriter()
        .u32(0x6000_0000)
        .u16(payload.length)
        .u8(next)
        .u8(HOP_LIMIT)
        .bytes(source)
        .bytes(destination)
        .bytes(payload)
        .done();
  }

  /// The Internet checksum (RFC 1071).
  private static int checksum(byte[] bytes, int start) {
    int sum = sum(bytes, start);
    while (sum > 0xFFFF) {
      sum = (sum & 0xFFFF) + (sum >> 16);
    }
    return ~sum & 0xFFFF;
  }

  private static int sum(byte[] bytes, int start) {
    int sum = start;
    for (int i = 0; i < bytes.length; i++) {
      sum += (bytes[i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
    }
    return sum;
  }

  private static void put16(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) (value >> 8);
    bytes[offset + 1] = (byte) value;
  }

  /// One end of a conversation.
  ///
  /// @param ip a literal address
  record Endpoint(String ip, int port) {}
}
