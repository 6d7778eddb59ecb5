package dev.sonde.network;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/// The first words of a TLS conversation (RFC 8446 §4.1.2).
final class SampleTls {

  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int CLIENT_HELLO = 1;
  private static final int TLS_1_2 = 0x0303;
  private static final int SERVER_NAME = 0;
  private static final int ALPN = 16;
  private static final int SUPPORTED_VERSIONS = 43;

  private SampleTls() {}

  /// A ClientHello that names the server (RFC 6066 §3).
  static byte[] clientHello(String serverName, RandomGenerator random) {
    byte[] extensions =
        new PacketWriter()
            .bytes(extension(SERVER_NAME, serverNameList(serverName)))
            .bytes(extension(ALPN, new byte[] {0, 3, 2, 'h', '2'}))
            .bytes(extension(SUPPORTED_VERSIONS, new byte[] {2, 3, 4}))
            .done();
    byte[] hello =
        new PacketWriter()
            .u16(TLS_1_2)
            .bytes(bytes(32, random))
            .u8(32)
            .bytes(bytes(32, random))
            .u16(6)
            .u16(0x1301)
            .u16(0x1302)
            .u16(0x1303)
            .u8(1)
            .u8(0)
            .sized16(extensions)
            .done();
    return record(HANDSHAKE, new PacketWriter().u8(CLIENT_HELLO).u8(0).sized16(hello).done());
  }

  /// What follows the handshake, which nobody between can read.
  static byte[] applicationData(int length, RandomGenerator random) {
    return record(APPLICATION_DATA, bytes(length, random));
  }

  static byte[] bytes(int length, RandomGenerator random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] record(int type, byte[] content) {
    return new PacketWriter().u8(type).u16(TLS_1_2).sized16(content).done();
  }

  private static byte[] extension(int type, byte[] content) {
    return new PacketWriter().u16(type).sized16(content).done();
  }

  private static byte[] serverNameList(String name) {
    byte[] host = name.getBytes(StandardCharsets.US_ASCII);
    byte[] entry = new PacketWriter().u8(0).sized16(host).done();
    return new PacketWriter().sized16(entry).done();
  }
}
