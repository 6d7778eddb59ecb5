package dev.sonde.network;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// Writes a pcapng file (draft-ietf-opsawg-pcapng): one section, an interface for each link type
/// that comes, times in nanoseconds.
final class PcapngWriter implements FrameWriter {

  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final int SECTION_BYTES = 28;
  private static final int INTERFACE_BYTES = 32;
  private static final int PACKET_OVERHEAD_BYTES = 32;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final short IF_TSRESOL = 9;
  private static final byte NANOSECONDS = 9;

  private final BlockOutput out;
  private final Map<Integer, Integer> interfaces = new HashMap<>();
  private long packets;

  /// Writes the header.
  ///
  /// @param out is closed with this
  PcapngWriter(OutputStream out) throws IOException {
    this.out = new BlockOutput(out);
    ByteBuffer section = begin(PcapngReader.MAGIC, SECTION_BYTES);
    section.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(-1);
    end(section, SECTION_BYTES);
  }

  @Override
  public boolean takes(Frame frame) {
    return true;
  }

  @Override
  public void write(Frame frame) throws IOException {
    Integer number = interfaces.get(frame.linkType());
    if (number == null) {
      number = describe(frame.linkType());
    }
    int padding = -frame.length() & 3;
    int length = PACKET_OVERHEAD_BYTES + frame.length() + padding;
    ByteBuffer packet = begin(ENHANCED_PACKET, length);
    packet.putInt(number);
    packet.putInt((int) (frame.capturedNanos() >>> 32)).putInt((int) frame.capturedNanos());
    packet.putInt(frame.length()).putInt(frame.originalLengthBytes());
    frame.copyTo(packet, 0, frame.length());
    packet.put(new byte[padding]);
    end(packet, length);
    packets++;
  }

  private int describe(int linkType) throws IOException {
    ByteBuffer description = begin(INTERFACE_DESCRIPTION, INTERFACE_BYTES);
    description.putShort((short) linkType).putShort((short) 0).putInt(0);
    description.putShort(IF_TSRESOL).putShort((short) 1).putInt(NANOSECONDS).putInt(0);
    end(description, INTERFACE_BYTES);
    int number = interfaces.size();
    interfaces.put(linkType, number);
    return number;
  }

  private ByteBuffer begin(int type, int length) {
    return out.begin(length).putInt(type).putInt(length);
  }

  private void end(ByteBuffer block, int length) throws IOException {
    block.putInt(length);
    out.end();
  }

  @Override
  public long bytes() {
    return out.bytes();
  }

  @Override
  public long packets() {
    return packets;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
