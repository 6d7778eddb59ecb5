package dev.sonde.network;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// Writes a classic pcap file (draft-ietf-opsawg-pcap): frames of one link type, times in
/// nanoseconds. Its seconds end in 2106.
final class PcapWriter implements FrameWriter {

  private static final int HEADER_BYTES = 24;
  private static final int RECORD_HEADER_BYTES = 16;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final BlockOutput out;
  private final int linkType;
  private long packets;

  /// Writes the header.
  ///
  /// @param out is closed with this
  /// @param linkType of all frames
  PcapWriter(OutputStream out, int linkType) throws IOException {
    this.out = new BlockOutput(out);
    this.linkType = linkType;
    ByteBuffer header = this.out.begin(HEADER_BYTES);
    header.putInt(PcapReader.MAGIC_NANOSECONDS).putShort((short) 2).putShort((short) 4);
    header.putInt(0).putInt(0).putInt(ByteReader.LONGEST_FRAME_BYTES).putInt(linkType);
    this.out.end();
  }

  @Override
  public boolean takes(Frame frame) {
    return frame.linkType() == linkType;
  }

  @Override
  public void write(Frame frame) throws IOException {
    ByteBuffer record = out.begin(RECORD_HEADER_BYTES + frame.length());
    record.putInt((int) Math.floorDiv(frame.capturedNanos(), NANOS_PER_SECOND));
    record.putInt((int) Math.floorMod(frame.capturedNanos(), NANOS_PER_SECOND));
    record.putInt(frame.length()).putInt(frame.originalLengthBytes());
    frame.copyTo(record, 0, frame.length());
    out.end();
    packets++;
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
