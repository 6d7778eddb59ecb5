package dev.sonde.network;

import dev.sonde.bus.Bytes;
import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.WifiHandshake;
import dev.sonde.event.network.WifiPmkid;

/// The four-way handshake of Wi-Fi, in EAPOL-Key packets (IEEE 802.11 clause 12.7.2).
final class HandshakeWatch {

  private static final int KEY_PACKET = 3;
  private static final int KEY_INFORMATION_OFFSET = 5;
  private static final int NONCE_OFFSET = 17;
  private static final int KEY_DATA_LENGTH_OFFSET = 97;
  private static final int KEY_DATA_OFFSET = 99;

  private static final int PAIRWISE = 0x0008;
  private static final int ACKNOWLEDGE = 0x0080;
  private static final int INTEGRITY = 0x0100;
  private static final int SECURE = 0x0200;

  private static final int VENDOR_ELEMENT = 0xDD;
  private static final int PMKID_TYPE = 0x000F_AC04;
  private static final int PMKID_BYTES = 16;

  /// Messages 1 to 4, a bit each.
  private static final int ALL_MESSAGES = 0b1111;

  private final Findings findings;
  private final Rows<Pair, Integer> heard;

  HandshakeWatch(Findings findings) {
    this.findings = findings;
    this.heard = findings.table();
  }

  void packet(Frame frame, Layers layers) {
    int at = layers.networkAt;
    if (frame.u8(at + 1) != KEY_PACKET) {
      return;
    }
    int information = frame.u16(at + KEY_INFORMATION_OFFSET);
    int dataLength = frame.u16(at + KEY_DATA_LENGTH_OFFSET);
    if ((information & PAIRWISE) != 0) {
      Pair pair = pair(frame, layers);
      int message = message(frame, at, information, dataLength);
      tell(pair, message, frame);
      if (message == 1) {
        pmkid(pair, frame, at + KEY_DATA_OFFSET, dataLength);
      }
    }
  }

  private static Pair pair(Frame frame, Layers layers) {
    boolean fromAccessPoint = Dot11.isFromAccessPoint(frame, layers);
    long transmitter = Dot11.transmitter(frame, layers);
    long receiver = Dot11.receiver(frame, layers);
    return fromAccessPoint ? new Pair(transmitter, receiver) : new Pair(receiver, transmitter);
  }

  /// The client's second message carries a number of its own and mostly its element; by its last
  /// one the keys are in place, or it carries nothing.
  private static int message(Frame frame, int at, int information, int dataLength) {
    boolean integrity = (information & INTEGRITY) != 0;
    if ((information & ACKNOWLEDGE) != 0) {
      return integrity ? 3 : 1;
    }
    boolean empty = dataLength == 0 && isZero(frame, at + NONCE_OFFSET);
    return (information & SECURE) != 0 || empty ? 4 : 2;
  }

  private void tell(Pair pair, int message, Frame frame) {
    Integer known = heard.get(pair);
    int before = message == 1 || known == null ? 0 : known;
    int now = before | (1 << (message - 1));
    heard.put(pair, now);
    findings.tell(
        new WifiHandshake(
            findings.source(),
            frame.captured(),
            new MacAddress(pair.bssid),
            new MacAddress(pair.client),
            message,
            now == ALL_MESSAGES));
  }

  private void pmkid(Pair pair, Frame frame, int from, int length) {
    int at = from;
    while (at + 6 + PMKID_BYTES <= from + length) {
      boolean pmkid = frame.u8(at) == VENDOR_ELEMENT && frame.s32(at + 2) == PMKID_TYPE;
      if (pmkid && !isZero(frame, at + 6)) {
        Bytes id = frame.bytes(at + 6, PMKID_BYTES);
        findings.tell(
            new WifiPmkid(
                findings.source(),
                frame.captured(),
                new MacAddress(pair.bssid),
                new MacAddress(pair.client),
                id));
      }
      at += 2 + frame.u8(at + 1);
    }
  }

  /// Whether 16 bytes are zero: so who has no PMKID, or no number, leaves it.
  private static boolean isZero(Frame frame, int at) {
    return frame.s64(at) == 0 && frame.s64(at + Long.BYTES) == 0;
  }

  private record Pair(long bssid, long client) {}
}
