package dev.sonde.network;

import static dev.sonde.network.Octets.u16LittleEndian;

/// Data frames of IEEE 802.11 (clause 9.3.2.1), as far as they carry a network layer in the clear.
final class Dot11 {

  private static final int HEADER_BYTES = 24;
  private static final int FOURTH_ADDRESS_BYTES = 6;
  private static final int QOS_BYTES = 2;
  private static final int HT_CONTROL_BYTES = 4;
  private static final int SEQUENCE_CONTROL_OFFSET = 22;

  private static final int DATA = 2;
  private static final int SUBTYPE_NO_DATA = 0x40;
  private static final int SUBTYPE_QOS = 0x80;
  private static final int TO_AND_FROM_DS = 0x0300;
  private static final int PROTECTED = 0x4000;
  private static final int ORDER = 0x8000;
  private static final int FRAGMENT_NUMBER = 0x000F;
  private static final int QOS_AGGREGATE = 0x0080;

  private Dot11() {}

  static NetworkLayer networkLayer(byte[] data, int offset) {
    return networkLayer(data, offset, 1);
  }

  /// @param padTo the driver pads the header to a multiple of this, 1 for not at all
  static NetworkLayer networkLayer(byte[] data, int offset, int padTo) {
    int control = u16LittleEndian(data, offset);
    if (!carriesData(control) || isLaterFragment(data, offset)) {
      return NetworkLayer.NONE;
    }
    boolean qos = (control & SUBTYPE_QOS) != 0;
    int header = HEADER_BYTES;
    header += (control & TO_AND_FROM_DS) == TO_AND_FROM_DS ? FOURTH_ADDRESS_BYTES : 0;
    if (qos && (u16LittleEndian(data, offset + header) & QOS_AGGREGATE) != 0) {
      return NetworkLayer.NONE;
    }
    header += qos ? QOS_BYTES : 0;
    header += qos && (control & ORDER) != 0 ? HT_CONTROL_BYTES : 0;
    int padded = (header + padTo - 1) / padTo * padTo;
    return LinkLayer.snap(data, offset + padded);
  }

  private static boolean carriesData(int control) {
    boolean version0 = (control & 3) == 0;
    boolean data = ((control >> 2) & 3) == DATA && (control & SUBTYPE_NO_DATA) == 0;
    return version0 && data && (control & PROTECTED) == 0;
  }

  private static boolean isLaterFragment(byte[] data, int offset) {
    return (u16LittleEndian(data, offset + SEQUENCE_CONTROL_OFFSET) & FRAGMENT_NUMBER) != 0;
  }
}
