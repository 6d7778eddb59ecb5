package dev.sonde.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pcapng format (draft-ietf-opsawg-pcapng): several sections and interfaces; blocks that hold
/// no frame are passed over.
final class PcapngReader implements RecordReader {

  /// The type of a section header, the same in both byte orders.
  static final int MAGIC = 0x0A0D0D0A;

  private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int OBSOLETE_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int ENHANCED_PACKET = 6;

  private static final int LEAST_BLOCK_BYTES = 12;
  private static final int LONGEST_BLOCK_BYTES = 16 * 1024 * 1024;
  private static final int MOST_INTERFACES = 65_536;
  private static final long UNSIGNED_INT = 0xFFFF_FFFFL;

  private final ByteReader in;
  private final List<PcapngInterface> interfaces = new ArrayList<>();
  private int linkType = -1;

  private PcapngReader(ByteReader in) {
    this.in = in;
  }

  /// Reads the first section's header.
  ///
  /// @param in what follows the four bytes of [#MAGIC]
  static PcapngReader open(ByteReader in) throws IOException {
    PcapngReader reader = new PcapngReader(in);
    reader.section();
    return reader;
  }

  @Override
  public int linkType() {
    return linkType;
  }

  @Override
  public @Nullable Frame next() throws IOException {
    Frame frame = null;
    while (frame == null && !in.atEnd()) {
      int type = in.read(4).getInt();
      if (type == MAGIC) {
        section();
      } else {
        frame = block(type);
      }
    }
    return frame;
  }

  private void section() throws IOException {
    in.order(ByteOrder.BIG_ENDIAN);
    int length = in.read(4).getInt();
    int byteOrderMagic = in.read(4).getInt();
    if (byteOrderMagic == Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
      in.order(ByteOrder.LITTLE_ENDIAN);
      length = Integer.reverseBytes(length);
    } else if (byteOrderMagic != BYTE_ORDER_MAGIC) {
      throw new MalformedCaptureException("has a section header of no known byte order");
    }
    in.skip(checked(length, LEAST_BLOCK_BYTES + 4) - LEAST_BLOCK_BYTES);
    interfaces.clear();
  }

  private @Nullable Frame block(int type) throws IOException {
    int length = checked(in.read(4).getInt(), LEAST_BLOCK_BYTES);
    ByteBuffer body = in.read(length - LEAST_BLOCK_BYTES);
    in.skip(4);
    return switch (type) {
      case INTERFACE_DESCRIPTION -> {
        described(PcapngInterface.read(body));
        yield null;
      }
      case ENHANCED_PACKET -> packet(body, need(body, 20).getInt());
      case OBSOLETE_PACKET -> packet(body, obsoleteInterface(need(body, 20)));
      case SIMPLE_PACKET -> simplePacket(need(body, 4));
      default -> null;
    };
  }

  private void described(PcapngInterface described) throws MalformedCaptureException {
    if (interfaces.size() == MOST_INTERFACES) {
      throw new MalformedCaptureException("describes more than " + MOST_INTERFACES + " interfaces");
    }
    interfaces.add(described);
    if (linkType < 0) {
      linkType = described.linkType();
    }
  }

  private static int obsoleteInterface(ByteBuffer body) {
    int number = body.getShort() & 0xFFFF;
    body.getShort(); // how many were lost before this one; rarely written
    return number;
  }

  private Frame packet(ByteBuffer body, int number) throws MalformedCaptureException {
    PcapngInterface on = on(number);
    long ticks = ((long) body.getInt() << 32) | (body.getInt() & UNSIGNED_INT);
    int captured = body.getInt();
    int original = body.getInt();
    return new Frame(on.time(ticks), on.linkType(), original, data(body, captured));
  }

  /// A simple packet has no time, and its captured length follows from the snap length.
  private Frame simplePacket(ByteBuffer body) throws MalformedCaptureException {
    PcapngInterface on = on(0);
    int original = body.getInt();
    long captured = Math.min(original & UNSIGNED_INT, body.remaining());
    return new Frame(
        Instant.EPOCH,
        on.linkType(),
        original,
        data(body, (int) Math.min(captured, on.snapLengthBytes())));
  }

  private PcapngInterface on(int number) throws MalformedCaptureException {
    if (number < 0 || number >= interfaces.size()) {
      throw new MalformedCaptureException(
          "has a frame of interface " + Integer.toUnsignedString(number) + ", never described");
    }
    return interfaces.get(number);
  }

  private static byte[] data(ByteBuffer body, int captured) throws MalformedCaptureException {
    if (captured < 0 || captured > Math.min(body.remaining(), ByteReader.LONGEST_FRAME_BYTES)) {
      throw new MalformedCaptureException(
          "claims a frame of " + Integer.toUnsignedString(captured) + " bytes");
    }
    byte[] data = new byte[captured];
    body.get(data);
    return data;
  }

  private static ByteBuffer need(ByteBuffer body, int bytes) throws MalformedCaptureException {
    if (body.remaining() < bytes) {
      throw new MalformedCaptureException("has a packet block of " + body.remaining() + " bytes");
    }
    return body;
  }

  private static int checked(int length, int least) throws MalformedCaptureException {
    if (length < least || length > LONGEST_BLOCK_BYTES || length % 4 != 0) {
      throw new MalformedCaptureException(
          "has a block of " + Integer.toUnsignedString(length) + " bytes");
    }
    return length;
  }
}
