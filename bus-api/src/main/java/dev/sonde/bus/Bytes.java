package dev.sonde.bus;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// An immutable run of bytes, as events carry them.
///
/// Equality is by content. A [#slice] shares the storage of what it was cut from and therefore
/// keeps all of it alive.
public final class Bytes {

  /// No bytes at all.
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private static final int SHOWN_BYTES = 32;

  private final byte[] array;
  private final int offset;
  private final int length;

  private Bytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  /// Copies an array.
  ///
  /// @param bytes what to copy
  /// @return the copy
  public static Bytes copyOf(byte[] bytes) {
    return copyOf(bytes, 0, bytes.length);
  }

  /// Copies a part of an array.
  ///
  /// @param bytes where to copy from
  /// @param offset index of the first byte
  /// @param length number of bytes
  /// @return the copy
  /// @throws IndexOutOfBoundsException if the part does not lie within the array
  public static Bytes copyOf(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return length == 0
        ? EMPTY
        : new Bytes(Arrays.copyOfRange(bytes, offset, offset + length), 0, length);
  }

  /// Copies what remains in a buffer and moves the buffer's position to its limit.
  ///
  /// @param buffer where to copy from
  /// @return the copy
  public static Bytes copyOf(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(copy);
    return copy.length == 0 ? EMPTY : new Bytes(copy, 0, copy.length);
  }

  /// Reads hexadecimal digits, two a byte, without separators.
  ///
  /// @param hex an even number of hexadecimal digits, in either case
  /// @return the bytes
  /// @throws IllegalArgumentException if there is an odd digit or a character that is none
  public static Bytes fromHex(String hex) {
    byte[] parsed = HexFormat.of().parseHex(hex);
    return parsed.length == 0 ? EMPTY : new Bytes(parsed, 0, parsed.length);
  }

  /// The number of bytes.
  ///
  /// @return 0 or more
  public int length() {
    return length;
  }

  /// Whether there are no bytes.
  ///
  /// @return true if [#length] is 0
  public boolean isEmpty() {
    return length == 0;
  }

  /// One byte.
  ///
  /// @param index from 0 to [#length] - 1
  /// @return the byte, signed as Java has it
  /// @throws IndexOutOfBoundsException if there is no such byte
  public byte get(int index) {
    return array[offset + Objects.checkIndex(index, length)];
  }

  /// A part of these bytes that shares their storage.
  ///
  /// @param from index of the first byte
  /// @param count number of bytes
  /// @return the part
  /// @throws IndexOutOfBoundsException if the part does not lie within these bytes
  public Bytes slice(int from, int count) {
    Objects.checkFromIndexSize(from, count, length);
    return count == 0 ? EMPTY : new Bytes(array, offset + from, count);
  }

  /// A copy as an array, which the caller owns.
  ///
  /// @return a new array
  public byte[] toArray() {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  /// A read-only view without a copy.
  ///
  /// @return a buffer in big-endian order, from position 0 to [#length]
  public ByteBuffer asBuffer() {
    return ByteBuffer.wrap(array, offset, length).slice().asReadOnlyBuffer();
  }

  /// All bytes in hexadecimal.
  ///
  /// @return two lower-case digits a byte
  public String toHex() {
    return HexFormat.of().formatHex(array, offset, offset + length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(
            array, offset, offset + length, that.array, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /// The first bytes in hexadecimal, and how many there are in all.
  @Override
  public String toString() {
    String shown = HexFormat.of().formatHex(array, offset, offset + Math.min(length, SHOWN_BYTES));
    return length <= SHOWN_BYTES ? shown : shown + "… (" + length + " bytes)";
  }
}
