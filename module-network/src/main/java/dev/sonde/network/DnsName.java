package dev.sonde.network;

/// Names within a DNS message (RFC 1035 §3.1 and §4.1.4), as bytes that may be anything.
final class DnsName {

  private static final int POINTER = 0xC0;
  private static final int LONGEST_NAME_BYTES = 255;

  private DnsName() {}

  /// Reads a name in presentation form: without the trailing dot, bytes outside printable ASCII and
  /// `.` and `\` within a label as `\DDD`.
  ///
  /// A pointer must lead to before the part that it stands in, as it does where a name repeats an
  /// earlier one; so loops can not be.
  ///
  /// @throws IllegalArgumentException if it is no name
  /// @throws IndexOutOfBoundsException if the message ends within it
  static String read(ByteView message, int offset) {
    StringBuilder name = new StringBuilder();
    int partAt = offset;
    int at = offset;
    int bytes = 1;
    for (int length = message.u8(at); length != 0; length = message.u8(at)) {
      if (length >= POINTER) {
        at = pointer(message, at, partAt);
        partAt = at;
      } else {
        bytes += checkLabel(length) + 1;
        checkName(bytes);
        label(message, at + 1, length, name);
        at += length + 1;
      }
    }
    return name.toString();
  }

  /// The index behind a name.
  ///
  /// @throws IllegalArgumentException as [#read]
  /// @throws IndexOutOfBoundsException as [#read]
  static int end(ByteView message, int offset) {
    int at = offset;
    for (int length = message.u8(at); length != 0; length = message.u8(at)) {
      if (length >= POINTER) {
        return at + 2;
      }
      at += checkLabel(length) + 1;
    }
    return at + 1;
  }

  private static int pointer(ByteView message, int at, int partAt) {
    int target = message.u16(at) & 0x3FFF;
    if (target >= partAt) {
      throw new IllegalArgumentException("A name that points to " + target + ", not back");
    }
    return target;
  }

  private static int checkLabel(int length) {
    if (length > 63) {
      throw new IllegalArgumentException("A label of unknown type " + length);
    }
    return length;
  }

  private static void checkName(int bytes) {
    if (bytes > LONGEST_NAME_BYTES) {
      throw new IllegalArgumentException("A name longer than " + LONGEST_NAME_BYTES + " bytes");
    }
  }

  private static void label(ByteView message, int offset, int length, StringBuilder name) {
    if (!name.isEmpty()) {
      name.append('.');
    }
    for (int i = offset; i < offset + length; i++) {
      append(message.u8(i), name);
    }
  }

  private static void append(int octet, StringBuilder name) {
    if (octet > ' ' && octet < 0x7F && octet != '.' && octet != '\\') {
      name.append((char) octet);
    } else {
      name.append('\\')
          .append((char) ('0' + octet / 100))
          .append((char) ('0' + octet / 10 % 10))
          .append((char) ('0' + octet % 10));
    }
  }
}
