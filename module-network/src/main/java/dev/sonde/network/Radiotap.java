package dev.sonde.network;

/// The radiotap header before an 802.11 frame (radiotap.org): where the frame and its body begin,
/// where it ends, and how it was heard.
final class Radiotap {

  private static final int MORE_PRESENT_WORDS = 1 << 31;
  private static final int FIRST_FIELD_AT = 8;

  private static final int TSFT = 0;
  private static final int FLAGS = 1;
  private static final int CHANNEL = 3;
  private static final int SIGNAL_DBM = 5;

  /// Sizes of the fields up to the signal, in the order of their bits; fields lie at multiples of
  /// their alignment.
  private static final int[] SIZES = {8, 1, 1, 4, 2, 1};

  private static final int[] ALIGNMENTS = {8, 1, 1, 2, 1, 1};

  private static final int FLAG_CHECK_SEQUENCE = 0x10;
  private static final int FLAG_DATA_PAD = 0x20;
  private static final int PAD_TO_BYTES = 4;
  private static final int CHECK_SEQUENCE_BYTES = 4;

  private Radiotap() {}

  static void read(Frame frame, Layers layers) {
    int length = frame.u16LittleEndian(2);
    int flags = fields(frame, length, layers);
    int padTo = (flags & FLAG_DATA_PAD) != 0 ? PAD_TO_BYTES : 1;
    int tail = (flags & FLAG_CHECK_SEQUENCE) != 0 ? CHECK_SEQUENCE_BYTES : 0;
    Dot11.read(frame, length, padTo, Math.max(length, frame.length() - tail), layers);
  }

  /// @return the flags
  private static int fields(Frame frame, int headerBytes, Layers layers) {
    int present = frame.s32LittleEndian(4);
    int at = firstField(frame, present, headerBytes);
    int flags = 0;
    for (int field = TSFT; field <= SIGNAL_DBM; field++) {
      if ((present & (1 << field)) != 0) {
        at = aligned(at, ALIGNMENTS[field]);
        if (at + SIZES[field] > headerBytes) {
          return flags;
        }
        switch (field) {
          case FLAGS -> flags = frame.u8(at);
          case CHANNEL -> layers.frequencyMHz = frame.u16LittleEndian(at);
          case SIGNAL_DBM -> layers.signalDbm = (byte) frame.u8(at);
          default -> {}
        }
        at += SIZES[field];
      }
    }
    return flags;
  }

  private static int firstField(Frame frame, int present, int headerBytes) {
    int at = FIRST_FIELD_AT;
    for (int word = present; (word & MORE_PRESENT_WORDS) != 0 && at < headerBytes; at += 4) {
      word = frame.s32LittleEndian(at);
    }
    return at;
  }

  private static int aligned(int at, int alignment) {
    return (at + alignment - 1) / alignment * alignment;
  }
}
