package dev.sonde.network;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Builds capture files byte by byte.
final class CaptureBytes {

  private final ByteOrder order;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  CaptureBytes(ByteOrder order) {
    this.order = order;
  }

  CaptureBytes u32(long... values) {
    for (long value : values) {
      out.writeBytes(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    }
    return this;
  }

  CaptureBytes u16(int... values) {
    for (int value : values) {
      out.writeBytes(ByteBuffer.allocate(2).order(order).putShort((short) value).array());
    }
    return this;
  }

  CaptureBytes bytes(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /// A pcap header of microseconds.
  static CaptureBytes pcap(ByteOrder order, int linkType) {
    return pcap(order, PcapReader.MAGIC_MICROSECONDS, linkType);
  }

  static CaptureBytes pcap(ByteOrder order, int magic, int linkType) {
    return new CaptureBytes(order).u32(magic).u16(2, 4).u32(0, 0, 65_535, linkType);
  }

  CaptureBytes record(long seconds, long fraction, byte... data) {
    return u32(seconds, fraction, data.length, data.length).bytes(data);
  }

  static CaptureBytes pcapng(ByteOrder order) {
    return new CaptureBytes(order).section();
  }

  CaptureBytes section() {
    return u32(PcapngReader.MAGIC, 28, 0x1A2B3C4D).u16(1, 0).u32(-1, -1, 28);
  }

  CaptureBytes interfaceDescription(int linkType, byte... options) {
    int length = 20 + options.length;
    return u32(1, length).u16(linkType, 0).u32(0).bytes(options).u32(length);
  }

  CaptureBytes enhancedPacket(int number, long ticks, byte... data) {
    int padding = (4 - data.length % 4) % 4;
    int length = 32 + data.length + padding;
    return u32(6, length, number, ticks >>> 32, ticks, data.length, data.length)
        .bytes(data)
        .bytes(new byte[padding])
        .u32(length);
  }

  byte[] done() {
    return out.toByteArray();
  }
}
