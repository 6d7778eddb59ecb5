package dev.sonde.benchmarks.capture;

import java.nio.file.Path;
import java.util.List;

/// What reads a file to its end.
enum Replayer {
  SONDE("sonde", "every event published on the bus and heard"),
  TCPDUMP_TEXT("tcpdump -nn", "a line for each packet"),
  TSHARK("tshark -n", "a line for each packet"),
  TCPDUMP_WRITE("tcpdump -w", "nothing dissected: what reading and writing costs");

  final String label;
  final String work;

  Replayer(String label, String work) {
    this.label = label;
    this.work = work;
  }

  List<String> command(Path file) {
    String path = file.toString();
    return switch (this) {
      case SONDE -> Program.java(ReplayRun.class, path);
      case TCPDUMP_TEXT -> List.of("tcpdump", "-nn", "-r", path);
      case TSHARK -> List.of("tshark", "-n", "-r", path);
      case TCPDUMP_WRITE -> List.of("tcpdump", "-r", path, "-w", "/dev/null");
    };
  }

  String missing() {
    return switch (this) {
      case SONDE -> "";
      case TCPDUMP_TEXT, TCPDUMP_WRITE -> Tool.missing(Tool.TCPDUMP);
      case TSHARK -> Tool.missing(Tool.TSHARK);
    };
  }
}
