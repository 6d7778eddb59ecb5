package dev.sonde.network;

import java.io.IOException;
import java.io.OutputStream;

/// What recordings are written as.
enum RecordingFormat {
  /// Frames of all link types in one file.
  PCAPNG,

  /// For tools that read nothing else: another file begins where the link type changes.
  PCAP;

  /// How names of files end, without a dot.
  String suffix() {
    return this == PCAP ? "pcap" : "pcapng";
  }

  /// Begins a file.
  ///
  /// @param out is closed with the writer
  /// @param linkType of the first frame
  FrameWriter writer(OutputStream out, int linkType) throws IOException {
    return this == PCAP ? new PcapWriter(out, linkType) : new PcapngWriter(out);
  }
}
