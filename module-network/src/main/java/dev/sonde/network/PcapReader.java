package dev.sonde.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The classic pcap format (draft-ietf-opsawg-pcap): both byte orders, micro- and nanoseconds.
final class PcapReader implements RecordReader {

  static final int MAGIC_MICROSECONDS = 0xA1B2C3D4;
  static final int MAGIC_NANOSECONDS = 0xA1B23C4D;

  private static final int HEADER_AFTER_MAGIC_BYTES = 20;
  private static final int RECORD_HEADER_BYTES = 16;

  /// The upper bits tell about frame check sequences.
  private static final int LINK_TYPE_MASK = 0x03FF_FFFF;

  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

  private final ByteReader in;
  private final long nanosPerFraction;
  private final int linkType;

  private PcapReader(ByteReader in, long nanosPerFraction, int linkType) {
    this.in = in;
    this.nanosPerFraction = nanosPerFraction;
    this.linkType = linkType;
  }

  /// Whether these first four bytes, read in network order, begin a pcap file.
  static boolean isMagic(int magic) {
    int swapped = Integer.reverseBytes(magic);
    return isOwnOrder(magic) || isOwnOrder(swapped);
  }

  /// Reads the file's header.
  ///
  /// @param magic the four bytes already read
  /// @param in what follows them
  static PcapReader open(int magic, ByteReader in) throws IOException {
    boolean bigEndian = isOwnOrder(magic);
    in.order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    ByteBuffer header = in.read(HEADER_AFTER_MAGIC_BYTES);
    int ownOrderMagic = bigEndian ? magic : Integer.reverseBytes(magic);
    return new PcapReader(
        in,
        ownOrderMagic == MAGIC_NANOSECONDS ? 1 : 1_000,
        header.getInt(HEADER_AFTER_MAGIC_BYTES - 4) & LINK_TYPE_MASK);
  }

  @Override
  public int linkType() {
    return linkType;
  }

  @Override
  public @Nullable Frame next() throws IOException {
    if (in.atEnd()) {
      return null;
    }
    ByteBuffer header = in.read(RECORD_HEADER_BYTES);
    long seconds = header.getInt() & UNSIGNED_INT;
    long fraction = header.getInt() & UNSIGNED_INT;
    int captured = header.getInt();
    int original = header.getInt();
    if (captured < 0 || captured > ByteReader.LONGEST_FRAME_BYTES) {
      throw new MalformedCaptureException(
          "claims a frame of " + Integer.toUnsignedString(captured) + " bytes");
    }
    return new Frame(
        Instant.ofEpochSecond(seconds, fraction * nanosPerFraction),
        linkType,
        original,
        in.read(captured).array());
  }

  private static boolean isOwnOrder(int magic) {
    return magic == MAGIC_MICROSECONDS || magic == MAGIC_NANOSECONDS;
  }
}
