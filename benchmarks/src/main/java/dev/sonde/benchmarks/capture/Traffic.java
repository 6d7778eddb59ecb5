package dev.sonde.benchmarks.capture;

import java.nio.file.Path;
import java.util.Locale;

/// The files that a run makes.
enum Traffic {
  /// One packet: what remains is start-up.
  ONE,

  /// Each frame of the captures once, to be sent again and again.
  ONCE,

  /// As many packets as were asked for.
  LONG;

  Path in(Path folder) {
    return folder.resolve(name().toLowerCase(Locale.ROOT) + ".pcap");
  }
}
