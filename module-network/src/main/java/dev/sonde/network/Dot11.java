package dev.sonde.network;

/// The header of an IEEE 802.11 frame (clause 9.2): who sends to whom, and the network layer of
/// data frames as far as they carry one in the clear.
final class Dot11 {

  static final int MANAGEMENT = 0;
  static final int DATA = 2;

  /// Header of a management frame, and of a data frame without what may follow.
  static final int HEADER_BYTES = 24;

  private static final int FOURTH_ADDRESS_BYTES = 6;
  private static final int QOS_BYTES = 2;
  private static final int HT_CONTROL_BYTES = 4;
  private static final int SEQUENCE_CONTROL_OFFSET = 22;

  private static final int SUBTYPE_NO_DATA = 0x40;
  private static final int SUBTYPE_QOS = 0x80;
  private static final int TO_DS = 0x0100;
  private static final int FROM_DS = 0x0200;
  private static final int PROTECTED = 0x4000;
  private static final int ORDER = 0x8000;
  private static final int FRAGMENT_NUMBER = 0x000F;
  private static final int QOS_AGGREGATE = 0x0080;

  private static final int FIRST_ADDRESS_OFFSET = 4;
  private static final int SECOND_ADDRESS_OFFSET = 10;
  private static final int THIRD_ADDRESS_OFFSET = 16;

  private Dot11() {}

  /// @param offset where the header begins
  /// @param padTo the driver pads the header to a multiple of this, 1 for not at all
  /// @param end of the frame, without its check sequence
  static void read(Frame frame, int offset, int padTo, int end, Layers layers) {
    int control = frame.u16LittleEndian(offset);
    if ((control & 3) != 0) {
      return;
    }
    layers.dot11At = offset;
    layers.dot11End = end;
    if (carriesData(control) && !isLaterFragment(frame, offset)) {
      data(frame, offset, padTo, control, layers);
    }
  }

  /// The type of a frame, [#MANAGEMENT] or [#DATA] or another.
  static int type(Frame frame, Layers layers) {
    return (frame.u16LittleEndian(layers.dot11At) >> 2) & 3;
  }

  static int subtype(Frame frame, Layers layers) {
    return (frame.u16LittleEndian(layers.dot11At) >> 4) & 0xF;
  }

  /// Whether its body can not be read.
  static boolean isProtected(Frame frame, Layers layers) {
    return (frame.u16LittleEndian(layers.dot11At) & PROTECTED) != 0;
  }

  /// Who receives it on the air.
  static long receiver(Frame frame, Layers layers) {
    return frame.mac(layers.dot11At + FIRST_ADDRESS_OFFSET);
  }

  /// Who sends it on the air.
  static long transmitter(Frame frame, Layers layers) {
    return frame.mac(layers.dot11At + SECOND_ADDRESS_OFFSET);
  }

  /// The access point of a management frame.
  static long bssid(Frame frame, Layers layers) {
    return frame.mac(layers.dot11At + THIRD_ADDRESS_OFFSET);
  }

  /// Whether a data frame goes to an access point.
  static boolean isToAccessPoint(Frame frame, Layers layers) {
    return (frame.u16LittleEndian(layers.dot11At) & (TO_DS | FROM_DS)) == TO_DS;
  }

  /// Whether a data frame comes from an access point.
  static boolean isFromAccessPoint(Frame frame, Layers layers) {
    return (frame.u16LittleEndian(layers.dot11At) & (TO_DS | FROM_DS)) == FROM_DS;
  }

  private static void data(Frame frame, int offset, int padTo, int control, Layers layers) {
    boolean qos = (control & SUBTYPE_QOS) != 0;
    boolean fourAddresses = (control & (TO_DS | FROM_DS)) == (TO_DS | FROM_DS);
    int header = HEADER_BYTES + (fourAddresses ? FOURTH_ADDRESS_BYTES : 0);
    if (qos && (frame.u16LittleEndian(offset + header) & QOS_AGGREGATE) != 0) {
      return;
    }
    header += qos ? QOS_BYTES : 0;
    header += qos && (control & ORDER) != 0 ? HT_CONTROL_BYTES : 0;
    addresses(frame, offset, control, layers);
    LinkLayer.snap(frame, offset + (header + padTo - 1) / padTo * padTo, layers);
  }

  /// Who sends to whom beyond the access point (table 9-30); not told for bridges between them.
  private static void addresses(Frame frame, int offset, int control, Layers layers) {
    boolean toDs = (control & TO_DS) != 0;
    boolean fromDs = (control & FROM_DS) != 0;
    if (!toDs || !fromDs) {
      layers.targetMac = frame.mac(offset + (toDs ? THIRD_ADDRESS_OFFSET : FIRST_ADDRESS_OFFSET));
      layers.sourceMac =
          frame.mac(offset + (fromDs ? THIRD_ADDRESS_OFFSET : SECOND_ADDRESS_OFFSET));
    }
  }

  private static boolean carriesData(int control) {
    boolean data = ((control >> 2) & 3) == DATA && (control & SUBTYPE_NO_DATA) == 0;
    return data && (control & PROTECTED) == 0;
  }

  private static boolean isLaterFragment(Frame frame, int offset) {
    return (frame.u16LittleEndian(offset + SEQUENCE_CONTROL_OFFSET) & FRAGMENT_NUMBER) != 0;
  }
}
