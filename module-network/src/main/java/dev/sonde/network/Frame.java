package dev.sonde.network;

import java.time.Instant;

/// A frame as its source delivers it. The bytes are the frame's own: nobody changes them.
final class Frame {

  private final Instant captured;
  private final int linkType;
  private final int originalLengthBytes;
  private final byte[] data;

  /// @param captured when, as the capture has it
  /// @param linkType see [LinkType]
  /// @param originalLengthBytes length on the wire; one shorter than what was captured is not
  ///     believed
  /// @param data handed over, not copied
  Frame(Instant captured, int linkType, int originalLengthBytes, byte[] data) {
    this.captured = captured;
    this.linkType = linkType;
    this.originalLengthBytes = Math.max(originalLengthBytes, data.length);
    this.data = data;
  }

  Instant captured() {
    return captured;
  }

  int linkType() {
    return linkType;
  }

  int originalLengthBytes() {
    return originalLengthBytes;
  }

  byte[] data() {
    return data;
  }
}
