package dev.sonde.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

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
  public void begin() throws IOException {
    while (linkType < 0 && !in.atEnd()) {
      in.need(4);
      expectInterface(in.buffer().getInt());
    }
  }

  private void expectInterface(int type) throws IOException {
    if (type == MAGIC) {
      section();
    } else if (block(type, new Frame())) {
      throw new MalformedCaptureException("has a frame before any interface");
    }
  }

  @Override
  public boolean next(Frame into) throws IOException {
    boolean found = false;
    while (!found && !in.atEnd()) {
      in.need(4);
      int type = in.buffer().getInt();
      if (type == MAGIC) {
        section();
      } else {
        found = block(type, into);
      }
    }
    return found;
  }

  private void section() throws IOException {
    in.order(ByteOrder.BIG_ENDIAN);
    in.need(8);
    int length = in.buffer().getInt();
    int byteOrderMagic = in.buffer().getInt();
    if (byteOrderMagic == Integer.reverseBytes(BYTE_ORDER_MAGIC)) {
      in.order(ByteOrder.LITTLE_ENDIAN);
      length = Integer.reverseBytes(length);
    } else if (byteOrderMagic != BYTE_ORDER_MAGIC) {
      throw new MalformedCaptureException("has a section header of no known byte order");
    }
    in.skip(checked(length, LEAST_BLOCK_BYTES + 4) - LEAST_BLOCK_BYTES);
    interfaces.clear();
  }

  /// Blocks that hold neither a frame nor an interface are passed over without being read: names,
  /// statistics, secrets, comments, and whatever comes to be.
  private boolean block(int type, Frame into) throws IOException {
    in.need(4);
    int length = checked(in.buffer().getInt(), LEAST_BLOCK_BYTES);
    if (!isRead(type)) {
      in.skip(length - LEAST_BLOCK_BYTES + 4);
      return false;
    }
    in.need(length - LEAST_BLOCK_BYTES + 4);
    ByteBuffer stream = in.buffer();
    int end = stream.position() + length - LEAST_BLOCK_BYTES;
    ByteBuffer body = stream.duplicate().order(stream.order()).limit(end);
    stream.position(end + 4);
    return read(type, body, into);
  }

  private static boolean isRead(int type) {
    return switch (type) {
      case INTERFACE_DESCRIPTION, ENHANCED_PACKET, OBSOLETE_PACKET, SIMPLE_PACKET -> true;
      default -> false;
    };
  }

  private boolean read(int type, ByteBuffer body, Frame into) throws MalformedCaptureException {
    switch (type) {
      case INTERFACE_DESCRIPTION -> described(PcapngInterface.read(body));
      case ENHANCED_PACKET -> packet(body, need(body, 20).getInt(), into);
      case OBSOLETE_PACKET -> packet(body, obsoleteInterface(need(body, 20)), into);
      default -> simplePacket(need(body, 4), into);
    }
    return type != INTERFACE_DESCRIPTION;
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

  private void packet(ByteBuffer body, int number, Frame into) throws MalformedCaptureException {
    PcapngInterface on = on(number);
    long ticks = ((long) body.getInt() << 32) | (body.getInt() & UNSIGNED_INT);
    int captured = body.getInt();
    int original = body.getInt();
    data(body, captured, into);
    into.described(on.nanos(ticks), on.linkType(), original);
  }

  /// A simple packet has no time, and its captured length follows from the snap length.
  private void simplePacket(ByteBuffer body, Frame into) throws MalformedCaptureException {
    PcapngInterface on = on(0);
    int original = body.getInt();
    long captured = Math.min(original & UNSIGNED_INT, body.remaining());
    data(body, (int) Math.min(captured, on.snapLengthBytes()), into);
    into.described(0, on.linkType(), original);
  }

  private PcapngInterface on(int number) throws MalformedCaptureException {
    if (number < 0 || number >= interfaces.size()) {
      throw new MalformedCaptureException(
          "has a frame of interface " + Integer.toUnsignedString(number) + ", never described");
    }
    return interfaces.get(number);
  }

  private static void data(ByteBuffer body, int captured, Frame into)
      throws MalformedCaptureException {
    if (captured < 0 || captured > Math.min(body.remaining(), ByteReader.LONGEST_FRAME_BYTES)) {
      throw new MalformedCaptureException(
          "claims a frame of " + Integer.toUnsignedString(captured) + " bytes");
    }
    into.over(body.array(), body.arrayOffset() + body.position(), captured);
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
