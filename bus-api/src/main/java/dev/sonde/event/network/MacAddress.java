package dev.sonde.event.network;

import dev.sonde.bus.Bytes;
import java.util.HexFormat;

/// A 48-bit MAC address (IEEE 802).
///
/// @param value the address in the low 48 bits
public record MacAddress(long value) {

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
  private static final long MASK = 0xFFFF_FFFF_FFFFL;

  /// Checks the range.
  ///
  /// @throws IllegalArgumentException if it has more than 48 bits
  public MacAddress {
    if ((value & ~MASK) != 0) {
      throw new IllegalArgumentException(
          "A MAC address has 48 bits, not " + Long.toHexString(value));
    }
  }

  /// Reads six bytes.
  ///
  /// @param bytes exactly six
  /// @return the address
  /// @throws IllegalArgumentException if there are not six
  public static MacAddress of(Bytes bytes) {
    if (bytes.length() != 6) {
      throw new IllegalArgumentException("A MAC address has 6 bytes, not " + bytes.length());
    }
    long value = 0;
    for (int i = 0; i < 6; i++) {
      value = (value << 8) | (bytes.get(i) & 0xFF);
    }
    return new MacAddress(value);
  }

  /// Reads `02:00:5e:10:00:01`.
  ///
  /// @param text six pairs of hexadecimal digits with colons between
  /// @return the address
  /// @throws IllegalArgumentException if it has another form
  public static MacAddress parse(String text) {
    return of(Bytes.copyOf(COLONS.parseHex(text)));
  }

  /// Whether it addresses a group: the lowest bit of the first byte is set.
  ///
  /// @return true for multicast and broadcast
  public boolean isGroup() {
    return ((value >> 40) & 1) != 0;
  }

  /// Whether it was made up rather than assigned to a maker: the second-lowest bit of the first
  /// byte is set, as in the random addresses that telephones use.
  ///
  /// @return true if administered locally
  public boolean isLocal() {
    return ((value >> 40) & 2) != 0;
  }

  /// As `02:00:5e:10:00:01`.
  @Override
  public String toString() {
    byte[] bytes = new byte[6];
    for (int i = 0; i < 6; i++) {
      bytes[i] = (byte) (value >> (8 * (5 - i)));
    }
    return COLONS.formatHex(bytes);
  }
}
