package dev.sonde.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Writes the fields of a packet one after the other, in network order where not said otherwise.
final class PacketWriter {

  private static final int LONGEST_PACKET_BYTES = 4096;

  private final ByteBuffer out = ByteBuffer.allocate(LONGEST_PACKET_BYTES);

  PacketWriter u8(int value) {
    out.put((byte) value);
    return this;
  }

  PacketWriter u16(int value) {
    out.putShort((short) value);
    return this;
  }

  PacketWriter u32(long value) {
    out.putInt((int) value);
    return this;
  }

  PacketWriter u64LittleEndian(long value) {
    out.order(ByteOrder.LITTLE_ENDIAN).putLong(value).order(ByteOrder.BIG_ENDIAN);
    return this;
  }

  PacketWriter u16LittleEndian(int value) {
    return u16(Short.reverseBytes((short) value));
  }

  PacketWriter u32LittleEndian(int value) {
    return u32(Integer.reverseBytes(value));
  }

  /// A MAC address in the low 48 bits.
  PacketWriter mac(long value) {
    return u16((int) (value >> 32)).u32(value);
  }

  PacketWriter bytes(byte... bytes) {
    out.put(bytes);
    return this;
  }

  PacketWriter zeros(int count) {
    return bytes(new byte[count]);
  }

  /// A length of two bytes and then what it measures.
  PacketWriter sized16(byte[] bytes) {
    return u16(bytes.length).bytes(bytes);
  }

  byte[] done() {
    return Arrays.copyOf(out.array(), out.position());
  }
}
