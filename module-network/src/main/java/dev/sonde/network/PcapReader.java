package dev.sonde.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The classic pcap format (draft-ietf-opsawg-pcap): both byte orders, micro- and nanoseconds, and
/// the longer records of a patched libpcap.
final class PcapReader implements RecordReader {

  static final int MAGIC_MICROSECONDS = 0xA1B2C3D4;
  static final int MAGIC_NANOSECONDS = 0xA1B23C4D;

  /// Alexey Kuznetsov's patch: each record has an interface, a protocol and a packet type more.
  static final int MAGIC_PATCHED = 0xA1B2CD34;

  private static final int HEADER_AFTER_MAGIC_BYTES = 20;
  private static final int RECORD_HEADER_BYTES = 16;
  private static final int PATCHED_RECORD_HEADER_BYTES = 24;

  /// The upper bits tell about frame check sequences.
  private static final int LINK_TYPE_MASK = 0x03FF_FFFF;

  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

  private final ByteReader in;
  private final long nanosPerFraction;
  private final int recordHeaderBytes;
  private final int linkType;

  private PcapReader(ByteReader in, int magic, int linkType) {
    this.in = in;
    this.nanosPerFraction = magic == MAGIC_NANOSECONDS ? 1 : 1_000;
    this.recordHeaderBytes =
        magic == MAGIC_PATCHED ? PATCHED_RECORD_HEADER_BYTES : RECORD_HEADER_BYTES;
    this.linkType = linkType;
  }

  /// Whether these first four bytes, read in network order, begin a pcap file.
  static boolean isMagic(int magic) {
    return isOwnOrder(magic) || isOwnOrder(Integer.reverseBytes(magic));
  }

  /// Reads the file's header.
  ///
  /// @param magic the four bytes already read
  /// @param in what follows them
  static PcapReader open(int magic, ByteReader in) throws IOException {
    boolean bigEndian = isOwnOrder(magic);
    in.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    in.need(HEADER_AFTER_MAGIC_BYTES);
    in.skip(HEADER_AFTER_MAGIC_BYTES - Integer.BYTES);
    int linkType = in.buffer().getInt() & LINK_TYPE_MASK;
    return new PcapReader(in, bigEndian ? magic : Integer.reverseBytes(magic), linkType);
  }

  @Override
  public int linkType() {
    return linkType;
  }

  @Override
  public boolean next(Frame into) throws IOException {
    if (in.atEnd()) {
      return false;
    }
    in.need(recordHeaderBytes);
    ByteBuffer header = in.buffer();
    long seconds = header.getInt() & UNSIGNED_INT;
    long fraction = header.getInt() & UNSIGNED_INT;
    int captured = checked(header.getInt());
    int original = header.getInt();
    in.skip(recordHeaderBytes - RECORD_HEADER_BYTES);
    in.need(captured);
    in.hand(captured, into);
    into.described(Frame.nanos(seconds, fraction * nanosPerFraction), linkType, original);
    return true;
  }

  private static int checked(int captured) throws MalformedCaptureException {
    if (captured < 0 || captured > ByteReader.LONGEST_FRAME_BYTES) {
      throw new MalformedCaptureException(
          "claims a frame of " + Integer.toUnsignedString(captured) + " bytes");
    }
    return captured;
  }

  private static boolean isOwnOrder(int magic) {
    return magic == MAGIC_MICROSECONDS || magic == MAGIC_NANOSECONDS || magic == MAGIC_PATCHED;
  }
}
