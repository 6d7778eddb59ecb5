package dev.sonde.network;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Writes a classic pcap file (draft-ietf-opsawg-pcap): frames of one link type, times in
/// nanoseconds. Its seconds end in 2106.
final class PcapWriter implements FrameWriter {

  private static final int HEADER_BYTES = 24;
  private static final int RECORD_HEADER_BYTES = 16;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private final int linkType;
  private ByteBuffer block = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);
  private long bytes;
  private long packets;

  /// Writes the header.
  ///
  /// @param out is closed with this
  /// @param linkType of all frames
  PcapWriter(OutputStream out, int linkType) throws IOException {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    this.linkType = linkType;
    ByteBuffer header = begin(HEADER_BYTES);
    header.putInt(PcapReader.MAGIC_NANOSECONDS).putShort((short) 2).putShort((short) 4);
    header.putInt(0).putInt(0).putInt(ByteReader.LONGEST_FRAME_BYTES).putInt(linkType);
    end(HEADER_BYTES);
  }

  @Override
  public boolean takes(Frame frame) {
    return frame.linkType() == linkType;
  }

  @Override
  public void write(Frame frame) throws IOException {
    int length = RECORD_HEADER_BYTES + frame.length();
    ByteBuffer record = begin(length);
    record.putInt((int) Math.floorDiv(frame.capturedNanos(), NANOS_PER_SECOND));
    record.putInt((int) Math.floorMod(frame.capturedNanos(), NANOS_PER_SECOND));
    record.putInt(frame.length()).putInt(frame.originalLengthBytes());
    frame.copyTo(record, 0, frame.length());
    end(length);
    packets++;
  }

  private ByteBuffer begin(int length) {
    if (length > block.capacity()) {
      block = ByteBuffer.allocate(length * 2).order(ByteOrder.LITTLE_ENDIAN);
    }
    return block.clear();
  }

  private void end(int length) throws IOException {
    out.write(block.array(), 0, length);
    bytes += length;
  }

  @Override
  public long bytes() {
    return bytes;
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
