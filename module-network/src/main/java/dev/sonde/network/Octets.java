package dev.sonde.network;

/// Reads numbers in network order out of hostile bytes. Each read is within the array or throws
/// [IndexOutOfBoundsException], which the dissector counts.
final class Octets {

  private Octets() {}

  static int u8(byte[] data, int offset) {
    return data[offset] & 0xFF;
  }

  static int u16(byte[] data, int offset) {
    return (u8(data, offset) << 8) | u8(data, offset + 1);
  }

  static int u16LittleEndian(byte[] data, int offset) {
    return u8(data, offset) | (u8(data, offset + 1) << 8);
  }

  static int s32(byte[] data, int offset) {
    return (u16(data, offset) << 16) | u16(data, offset + 2);
  }

  static int s32LittleEndian(byte[] data, int offset) {
    return Integer.reverseBytes(s32(data, offset));
  }
}
