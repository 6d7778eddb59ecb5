package dev.sonde.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// What is told of a DNS message (RFC 1035 §4).
///
/// Read here rather than by pcap4j, which takes names for UTF-8 text: other bytes in a name are
/// lost, and its records are cut at wrong places from there on.
///
/// @param id identification
/// @param response whether it is a response
/// @param name of the first question, else of the first answer, as [DnsName] reads it
/// @param type that goes with the name, empty where there is neither
/// @param responseCode the header's
/// @param addresses what answers of type A and AAAA say
/// @param whole whether question and answers could be read to the end
record DnsMessage(
    int id,
    boolean response,
    String name,
    String type,
    String responseCode,
    List<InetAddress> addresses,
    boolean whole) {

  static final int HEADER_BYTES = 12;

  private static final int RESPONSE_FLAG = 0x8000;
  private static final int RECORD_FIXED_BYTES = 10;
  private static final int CLASS_INTERNET = 1;
  private static final int TYPE_A = 1;
  private static final int TYPE_AAAA = 28;

  /// Reads a message; where it breaks its rules, what stands before that.
  ///
  /// @throws IndexOutOfBoundsException if it is shorter than its header
  static DnsMessage read(ByteView message) {
    int flags = message.u16(2);
    int questions = message.u16(4);
    int answers = message.u16(6);
    message.require(0, HEADER_BYTES);
    Body body = new Body();
    boolean whole = body.read(message, questions, answers);
    return new DnsMessage(
        message.u16(0),
        (flags & RESPONSE_FLAG) != 0,
        body.name,
        body.type,
        DnsCodes.responseCode(flags & 0xF),
        body.addresses,
        whole);
  }

  /// What stands behind the header, as far as it was read.
  private static final class Body {

    private String name = "";
    private String type = "";
    private final List<InetAddress> addresses = new ArrayList<>();

    private boolean read(ByteView message, int questions, int answers) {
      try {
        int at = questions(message, questions);
        for (int i = 0; i < answers; i++) {
          at = answer(message, at);
        }
        return true;
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        return false;
      }
    }

    private int questions(ByteView message, int count) {
      int at = HEADER_BYTES;
      for (int i = 0; i < count; i++) {
        int end = DnsName.end(message, at);
        if (i == 0) {
          name = DnsName.read(message, at);
          type = DnsCodes.type(message.u16(end));
        }
        at = end + 4;
      }
      return at;
    }

    private int answer(ByteView message, int offset) {
      int at = DnsName.end(message, offset);
      int recordType = message.u16(at);
      if (type.isEmpty()) {
        name = DnsName.read(message, offset);
        type = DnsCodes.type(recordType);
      }
      int recordClass = message.u16(at + 2);
      int length = message.u16(at + RECORD_FIXED_BYTES - 2);
      int end = at + RECORD_FIXED_BYTES + length;
      message.require(end - length, length);
      if (recordClass == CLASS_INTERNET && length == addressBytes(recordType)) {
        addresses.add(message.address(end - length, length));
      }
      return end;
    }

    private static int addressBytes(int recordType) {
      return switch (recordType) {
        case TYPE_A -> 4;
        case TYPE_AAAA -> 16;
        default -> -1;
      };
    }
  }
}
