package dev.sonde.network;

import dev.sonde.bus.Bytes;
import dev.sonde.event.network.MacAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// Reads numbers out of hostile bytes, in network order where not said otherwise. Each read lies
/// within the view or throws [TruncatedException], which the dissector counts.
///
/// A view is moved over its bytes rather than made anew: dissecting allocates nothing.
class ByteView {

  private static final byte[] NOTHING = {};

  private byte[] array = NOTHING;
  private int offset;
  private int length;

  /// A view of all of an array, which is not copied.
  static ByteView of(byte[] bytes) {
    return new ByteView().over(bytes, 0, bytes.length);
  }

  /// Moves the view. The bytes are not copied.
  final ByteView over(byte[] bytes, int from, int count) {
    array = bytes;
    offset = from;
    length = count;
    return this;
  }

  /// Moves the view to a part of another one, as much of it as there is.
  final ByteView over(ByteView other, int from, int end) {
    int limit = Math.min(end, other.length);
    if (from < 0 || from > limit) {
      throw new TruncatedException();
    }
    return over(other.array, other.offset + from, limit - from);
  }

  final int length() {
    return length;
  }

  final int u8(int at) {
    return array[index(at, 1)] & 0xFF;
  }

  final int u16(int at) {
    int index = index(at, 2);
    return ((array[index] & 0xFF) << 8) | (array[index + 1] & 0xFF);
  }

  final int u16LittleEndian(int at) {
    int index = index(at, 2);
    return (array[index] & 0xFF) | ((array[index + 1] & 0xFF) << 8);
  }

  final int u24(int at) {
    return (u8(at) << 16) | u16(at + 1);
  }

  final int s32(int at) {
    return (u16(at) << 16) | u16(at + 2);
  }

  final int s32LittleEndian(int at) {
    return Integer.reverseBytes(s32(at));
  }

  final long u32(int at) {
    return s32(at) & 0xFFFF_FFFFL;
  }

  final long s64(int at) {
    return (u32(at) << 32) | u32(at + 4);
  }

  /// A MAC address in the low 48 bits.
  final long mac(int at) {
    return ((long) u16(at) << 32) | u32(at + 2);
  }

  final MacAddress macAddress(int at) {
    return new MacAddress(mac(at));
  }

  /// An IP address.
  ///
  /// @param bytes 4 or 16
  final InetAddress address(int at, int bytes) {
    try {
      return InetAddress.getByAddress(copy(at, bytes));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("An IP address of " + bytes + " bytes", e);
    }
  }

  final Bytes bytes(int at, int count) {
    return Bytes.copyOf(array, index(at, count), count);
  }

  final byte[] copy(int at, int count) {
    byte[] copy = new byte[count];
    copyTo(copy, 0, at, count);
    return copy;
  }

  final void copyTo(byte[] target, int targetAt, int at, int count) {
    System.arraycopy(array, index(at, count), target, targetAt, count);
  }

  final void copyTo(ByteBuffer target, int at, int count) {
    target.put(array, index(at, count), count);
  }

  /// Throws where there are not so many bytes.
  final void require(int at, int count) {
    index(at, count);
  }

  private int index(int at, int count) {
    if (at < 0 || count < 0 || (long) at + count > length) {
      throw new TruncatedException();
    }
    return offset + at;
  }
}
