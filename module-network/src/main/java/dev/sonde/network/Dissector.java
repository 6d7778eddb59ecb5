package dev.sonde.network;

import static dev.sonde.network.Octets.u16;
import static dev.sonde.network.Octets.u8;

import dev.sonde.bus.Bytes;
import dev.sonde.event.network.ArpPacket;
import dev.sonde.event.network.DnsEvent;
import dev.sonde.event.network.DnsQuery;
import dev.sonde.event.network.DnsResponse;
import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.NetworkEvent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pcap4j.packet.ArpPacket.ArpHeader;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpPacket;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV6Packet;
import org.pcap4j.packet.UdpPacket;

/// Tells what frames mean, and counts it. Whatever a frame holds, no exception leaves.
///
/// A cheap look comes first: pcap4j gets only what is ARP or DNS, and of that only the headers.
final class Dissector {

  private static final int DNS_PORT = 53;
  private static final int UDP_HEADER_BYTES = 8;
  private static final int ARP_FIXED_BYTES = 8;
  private static final int MAC_BYTES = 6;
  private static final int IPV4_BYTES = 4;

  private final String source;
  private final Statistics statistics;

  /// @param source names the capture in events
  /// @param statistics where frames and kinds are counted
  Dissector(String source, Statistics statistics) {
    this.source = source;
    this.statistics = statistics;
    Pcap4jFactories.initialise();
  }

  /// Counts a frame and reads it.
  ///
  /// @return what it means, `null` if nothing that is told
  @Nullable NetworkEvent dissect(Frame frame) {
    statistics.frame(frame.data().length);
    try {
      return read(frame);
    } catch (IllegalRawDataException | RuntimeException | StackOverflowError e) {
      statistics.count(Counter.PARSE_ERRORS);
      return null;
    }
  }

  private @Nullable NetworkEvent read(Frame frame) throws IllegalRawDataException {
    NetworkLayer layer = LinkLayer.find(frame.linkType(), frame.data());
    return switch (layer.etherType()) {
      case NetworkLayer.ARP -> arp(frame, layer.offset());
      case NetworkLayer.IPV4, NetworkLayer.IPV6 -> ip(frame, layer);
      default -> null;
    };
  }

  private ArpPacket arp(Frame frame, int offset) throws IllegalRawDataException {
    statistics.count(Counter.ARP);
    ArpHeader header = arpHeader(frame.data(), offset);
    return new ArpPacket(
        source,
        frame.captured(),
        header.getOperation().value() & 0xFFFF,
        mac(header.getSrcHardwareAddr()),
        header.getSrcProtocolAddr(),
        mac(header.getDstHardwareAddr()),
        header.getDstProtocolAddr());
  }

  /// pcap4j reads addresses of six and four bytes only. Some senders claim longer fields and fill
  /// them up behind the address, so the fields are cut to what they hold.
  private static ArpHeader arpHeader(byte[] data, int offset) throws IllegalRawDataException {
    int protocol = u16(data, offset + 2);
    int macBytes = u8(data, offset + 4);
    int ipBytes = u8(data, offset + 5);
    if (protocol != NetworkLayer.IPV4 || macBytes < MAC_BYTES || ipBytes < IPV4_BYTES) {
      throw new IllegalRawDataException("ARP for other than MAC and IPv4 addresses");
    }
    int senderAt = offset + ARP_FIXED_BYTES;
    int targetAt = senderAt + macBytes + ipBytes;
    byte[] cut =
        ByteBuffer.allocate(ARP_FIXED_BYTES + 2 * (MAC_BYTES + IPV4_BYTES))
            .put(data, offset, ARP_FIXED_BYTES)
            .put(data, senderAt, MAC_BYTES)
            .put(data, senderAt + macBytes, IPV4_BYTES)
            .put(data, targetAt, MAC_BYTES)
            .put(data, targetAt + macBytes, IPV4_BYTES)
            .array();
    return org.pcap4j.packet.ArpPacket.newPacket(cut, 0, cut.length).getHeader();
  }

  private static MacAddress mac(org.pcap4j.util.MacAddress address) {
    return MacAddress.of(Bytes.copyOf(address.getAddress()));
  }

  private @Nullable DnsEvent ip(Frame frame, NetworkLayer layer) throws IllegalRawDataException {
    byte[] data = frame.data();
    int udpAt = IpHeader.udpOffset(data, layer);
    if (udpAt == IpHeader.NO_UDP) {
      return null;
    }
    boolean dns = u16(data, udpAt) == DNS_PORT || u16(data, udpAt + 2) == DNS_PORT;
    return dns ? dns(frame, layer, udpAt) : null;
  }

  private DnsEvent dns(Frame frame, NetworkLayer layer, int udpAt) throws IllegalRawDataException {
    byte[] data = frame.data();
    IpPacket.IpHeader ip = ipHeader(data, layer, udpAt);
    UdpPacket udp = UdpPacket.newPacket(data, udpAt, UDP_HEADER_BYTES);
    int from = udpAt + UDP_HEADER_BYTES;
    int length = Math.min(udp.getHeader().getLengthAsInt() - UDP_HEADER_BYTES, data.length - from);
    DnsMessage message = DnsMessage.read(Arrays.copyOfRange(data, from, from + length));
    statistics.count(message.response() ? Counter.DNS_RESPONSE : Counter.DNS_QUERY);
    if (!message.whole()) {
      statistics.count(Counter.PARSE_ERRORS);
    }
    return event(frame, ip, message);
  }

  /// pcap4j gets no more than the headers: what it made of the message would be thrown away.
  private static IpPacket.IpHeader ipHeader(byte[] data, NetworkLayer layer, int udpAt)
      throws IllegalRawDataException {
    int at = layer.offset();
    int length = udpAt + UDP_HEADER_BYTES - at;
    return layer.etherType() == NetworkLayer.IPV4
        ? IpV4Packet.newPacket(data, at, length).getHeader()
        : IpV6Packet.newPacket(data, at, length).getHeader();
  }

  private DnsEvent event(Frame frame, IpPacket.IpHeader ip, DnsMessage message) {
    return message.response()
        ? new DnsResponse(
            source,
            frame.captured(),
            ip.getDstAddr(),
            ip.getSrcAddr(),
            message.id(),
            message.name(),
            message.type(),
            message.responseCode(),
            message.addresses())
        : new DnsQuery(
            source,
            frame.captured(),
            ip.getSrcAddr(),
            ip.getDstAddr(),
            message.id(),
            message.name(),
            message.type());
  }
}
