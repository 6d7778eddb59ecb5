package dev.sonde.benchmarks.capture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/// The programs of others that are run, by the Debian packages that they come from.
enum Tool {
  TCPDUMP("tcpdump", "tcpdump"),
  TSHARK("tshark", "tshark"),
  TCPREPLAY("tcpreplay", "tcpreplay"),
  IP("ip", "iproute2"),
  UNSHARE("unshare", "util-linux");

  private final String program;
  private final String debianPackage;

  Tool(String program, String debianPackage) {
    this.program = program;
    this.debianPackage = debianPackage;
  }

  boolean isInstalled() {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Arrays.stream(path.split(":", -1))
        .map(folder -> Path.of(folder, program))
        .anyMatch(Files::isExecutable);
  }

  /// What is missing of these, and how to get it.
  ///
  /// @return empty if nothing
  static String missing(Tool... tools) {
    String packages =
        String.join(
            " ",
            Stream.of(tools)
                .filter(tool -> !tool.isInstalled())
                .map(tool -> tool.debianPackage)
                .distinct()
                .toList());
    return packages.isEmpty() ? "" : "Not installed. Install it: sudo apt install " + packages;
  }
}
