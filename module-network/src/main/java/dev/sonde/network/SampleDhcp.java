package dev.sonde.network;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// DHCP messages of the sample (RFC 2131, options of RFC 2132).
final class SampleDhcp {

  /// First byte of what a client sends.
  static final int REQUEST = 1;

  private static final int REPLY = 2;
  private static final long COOKIE = 0x6382_5363L;
  private static final int NAMES_BYTES = 192;
  private static final int HOST_NAME = 12;
  private static final int LEASE_TIME = 51;
  private static final int MESSAGE_TYPE = 53;
  private static final int SERVER = 54;
  private static final int END = 255;
  private static final long LEASE_SECONDS = 3600;

  private static final int DISCOVER = 1;
  private static final int OFFER = 2;
  private static final int ASK = 3;
  private static final int ACKNOWLEDGE = 5;

  private SampleDhcp() {}

  /// The four messages with which a client gets its address, in turn.
  static List<byte[]> lease(SampleHost client, SampleHost server, String name) {
    return List.of(
        fromClient(DISCOVER, client, name),
        fromServer(OFFER, client, server),
        fromClient(ASK, client, name),
        fromServer(ACKNOWLEDGE, client, server));
  }

  private static byte[] fromClient(int type, SampleHost client, String name) {
    byte[] hostName = name.getBytes(StandardCharsets.US_ASCII);
    return message(REQUEST, type, client, "0.0.0.0")
        .u8(HOST_NAME)
        .u8(hostName.length)
        .bytes(hostName)
        .u8(END)
        .done();
  }

  private static byte[] fromServer(int type, SampleHost client, SampleHost server) {
    return message(REPLY, type, client, client.ip())
        .u8(SERVER)
        .u8(4)
        .bytes(SampleIp.address(server.ip()))
        .u8(LEASE_TIME)
        .u8(4)
        .u32(LEASE_SECONDS)
        .u8(END)
        .done();
  }

  private static PacketWriter message(int operation, int type, SampleHost client, String leased) {
    return new PacketWriter()
        .u8(operation)
        .u8(1)
        .u8(6)
        .u8(0)
        .u32(client.mac())
        .u32(0)
        .zeros(4)
        .bytes(SampleIp.address(leased))
        .zeros(8)
        .mac(client.mac())
        .zeros(10 + NAMES_BYTES)
        .u32(COOKIE)
        .u8(MESSAGE_TYPE)
        .u8(1)
        .u8(type);
  }
}
