package dev.sonde.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes capture files of Ethernet frames between two hosts of 192.0.2.0/24 (RFC 5737).
///
/// The format: draft-ietf-opsawg-pcap. ARP: RFC 826; IPv4: RFC 791; UDP: RFC 768; DNS: RFC 1035.
final class SmallCapture {

  private static final byte[] CLIENT_MAC = {2, 0, 0x5e, 0x10, 0, 1};
  private static final byte[] SERVER_MAC = {2, 0, 0x5e, 0x10, 0, 2};
  private static final byte[] BROADCAST = {-1, -1, -1, -1, -1, -1};
  private static final byte[] CLIENT = {(byte) 192, 0, 2, 1};
  private static final byte[] SERVER = {(byte) 192, 0, 2, 2};
  private static final int DNS_PORT = 53;
  private static final int CLIENT_PORT = 40_000;
  private static final int LINKTYPE_ETHERNET = 1;
  private static final int SECONDS = 1_700_000_000;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private int packets;

  SmallCapture() {
    ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0xA1B2C3D4).putShort((short) 2).putShort((short) 4);
    header.putInt(0).putInt(0).putInt(65_535).putInt(LINKTYPE_ETHERNET);
    file.writeBytes(header.array());
  }

  /// Adds a request who has the server's address.
  SmallCapture arp() {
    ByteBuffer arp = ByteBuffer.allocate(28);
    arp.putShort((short) 1).putShort((short) 0x0800).put((byte) 6).put((byte) 4);
    arp.putShort((short) 1).put(CLIENT_MAC).put(CLIENT).put(new byte[6]).put(SERVER);
    return frame(BROADCAST, CLIENT_MAC, 0x0806, arp.array());
  }

  /// Adds a question for the address of a name.
  SmallCapture dnsQuery(String name) {
    byte[] message = dns(0x0100, 0, question(name), new byte[0]);
    return frame(
        SERVER_MAC, CLIENT_MAC, 0x0800, udp(CLIENT, SERVER, CLIENT_PORT, DNS_PORT, message));
  }

  /// Adds the answer to such a question.
  SmallCapture dnsResponse(String name) {
    ByteBuffer answer = ByteBuffer.allocate(16);
    answer.putShort((short) 0xC00C).putShort((short) 1).putShort((short) 1).putInt(300);
    answer.putShort((short) 4).put(SERVER);
    byte[] message = dns(0x8180, 1, question(name), answer.array());
    return frame(
        CLIENT_MAC, SERVER_MAC, 0x0800, udp(SERVER, CLIENT, DNS_PORT, CLIENT_PORT, message));
  }

  /// Adds a datagram to the discard port (RFC 863).
  SmallCapture datagram() {
    return frame(
        SERVER_MAC, CLIENT_MAC, 0x0800, udp(CLIENT, SERVER, CLIENT_PORT, 9, new byte[100]));
  }

  int packets() {
    return packets;
  }

  byte[] toBytes() {
    return file.toByteArray();
  }

  /// Writes the file.
  ///
  /// @return where
  Path write(Path to) throws IOException {
    return Files.write(to, toBytes());
  }

  private static byte[] question(String name) {
    ByteBuffer question = ByteBuffer.allocate(name.length() + 6);
    for (String label : name.split("\\.")) {
      question.put((byte) label.length()).put(label.getBytes(US_ASCII));
    }
    return question.put((byte) 0).putShort((short) 1).putShort((short) 1).array();
  }

  private static byte[] dns(int flags, int answers, byte[] question, byte[] answer) {
    ByteBuffer message = ByteBuffer.allocate(12 + question.length + answer.length);
    message.putShort((short) 0x1234).putShort((short) flags);
    message.putShort((short) 1).putShort((short) answers).putInt(0);
    return message.put(question).put(answer).array();
  }

  private static byte[] udp(byte[] from, byte[] to, int fromPort, int toPort, byte[] payload) {
    int length = 28 + payload.length;
    ByteBuffer packet = ByteBuffer.allocate(length);
    packet.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0);
    packet.put((byte) 64).put((byte) 17).putShort((short) 0).put(from).put(to);
    packet.putShort(10, checksum(packet.array()));
    packet.putShort((short) fromPort).putShort((short) toPort);
    // A checksum of zero says that there is none.
    packet.putShort((short) (8 + payload.length)).putShort((short) 0);
    return packet.put(payload).array();
  }

  /// Of the first 20 bytes (RFC 791 §3.1).
  private static short checksum(byte[] header) {
    int sum = 0;
    for (int i = 0; i < 20; i += 2) {
      sum += ((header[i] & 0xFF) << 8) | (header[i + 1] & 0xFF);
    }
    return (short) ~((sum & 0xFFFF) + (sum >>> 16));
  }

  private SmallCapture frame(byte[] to, byte[] from, int etherType, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(Math.max(60, 14 + payload.length));
    frame.put(to).put(from).putShort((short) etherType).put(payload);
    ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(SECONDS).putInt(1000 * packets);
    header.putInt(frame.capacity()).putInt(frame.capacity());
    file.writeBytes(header.array());
    file.writeBytes(frame.array());
    packets++;
    return this;
  }
}
