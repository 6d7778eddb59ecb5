package dev.sonde.network;

import static dev.sonde.network.Octets.s32LittleEndian;
import static dev.sonde.network.Octets.u16LittleEndian;
import static dev.sonde.network.Octets.u8;

/// The radiotap header before an 802.11 frame (radiotap.org), as far as it tells where the frame
/// and its body begin.
final class Radiotap {

  private static final int TSFT_PRESENT = 1;
  private static final int FLAGS_PRESENT = 2;
  private static final int MORE_PRESENT_WORDS = 1 << 31;
  private static final int FLAG_DATA_PAD = 0x20;
  private static final int PAD_TO_BYTES = 4;
  private static final int TSFT_BYTES = 8;

  private Radiotap() {}

  static NetworkLayer networkLayer(byte[] data) {
    int length = u16LittleEndian(data, 2);
    boolean padded = (flags(data, length) & FLAG_DATA_PAD) != 0;
    return Dot11.networkLayer(data, length, padded ? PAD_TO_BYTES : 1);
  }

  /// The flags field: the first or, behind a time stamp, the second after the words that tell which
  /// fields there are.
  private static int flags(byte[] data, int length) {
    int present = s32LittleEndian(data, 4);
    if ((present & FLAGS_PRESENT) == 0) {
      return 0;
    }
    int at = 8;
    for (int word = present; (word & MORE_PRESENT_WORDS) != 0 && at < length; at += 4) {
      word = s32LittleEndian(data, at);
    }
    if ((present & TSFT_PRESENT) != 0) {
      at = (at + TSFT_BYTES - 1) / TSFT_BYTES * TSFT_BYTES + TSFT_BYTES;
    }
    return at < length ? u8(data, at) : 0;
  }
}
