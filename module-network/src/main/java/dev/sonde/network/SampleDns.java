package dev.sonde.network;

import java.nio.charset.StandardCharsets;

/// DNS messages of the sample (RFC 1035 §4).
final class SampleDns {

  static final int A = 1;
  static final int PTR = 12;
  static final int AAAA = 28;
  static final int HTTPS = 65;

  private static final int QUERY_FLAGS = 0x0100;
  private static final int RESPONSE_FLAGS = 0x8180;
  private static final int NO_SUCH_NAME_FLAGS = 0x8183;
  private static final int MULTICAST_RESPONSE_FLAGS = 0x8400;
  private static final int TO_THE_QUESTION = 0xC00C;
  private static final int INTERNET = 1;
  private static final int TTL_SECONDS = 300;

  private SampleDns() {}

  static byte[] query(int id, String name, int type) {
    return question(id, QUERY_FLAGS, 0, name, type).done();
  }

  /// A query as mDNS has it (RFC 6762): id and flags are zero.
  static byte[] multicastQuery(String name, int type) {
    return question(0, 0, 0, name, type).done();
  }

  static byte[] noSuchName(int id, String name, int type) {
    return question(id, NO_SUCH_NAME_FLAGS, 0, name, type).done();
  }

  /// Answers a question for addresses.
  static byte[] response(int id, String name, int type, String... addresses) {
    PacketWriter message = question(id, RESPONSE_FLAGS, addresses.length, name, type);
    for (String address : addresses) {
      answer(message, type, SampleIp.address(address));
    }
    return message.done();
  }

  /// Announces a service by mDNS.
  static byte[] multicastPointer(String service, String instance) {
    PacketWriter message =
        new PacketWriter().u16(0).u16(MULTICAST_RESPONSE_FLAGS).u16(0).u16(1).u16(0).u16(0);
    name(message, service);
    PacketWriter target = new PacketWriter();
    name(target, instance);
    return message.u16(PTR).u16(INTERNET).u32(TTL_SECONDS).sized16(target.done()).done();
  }

  private static PacketWriter question(int id, int flags, int answers, String name, int type) {
    PacketWriter message = new PacketWriter().u16(id).u16(flags).u16(1).u16(answers).u16(0).u16(0);
    name(message, name);
    return message.u16(type).u16(INTERNET);
  }

  private static void answer(PacketWriter message, int type, byte[] data) {
    message.u16(TO_THE_QUESTION).u16(type).u16(INTERNET).u32(TTL_SECONDS).sized16(data);
  }

  private static void name(PacketWriter message, String name) {
    for (String label : name.split("\\.", -1)) {
      byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
      message.u8(bytes.length).bytes(bytes);
    }
    message.u8(0);
  }
}
