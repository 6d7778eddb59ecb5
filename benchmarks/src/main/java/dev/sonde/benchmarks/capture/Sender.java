package dev.sonde.benchmarks.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sends a file's packets again and again with tcpreplay, from memory.
final class Sender {

  private static final Pattern ACTUAL =
      Pattern.compile("Actual: (\\d+) packets \\(\\d+ bytes\\) sent in ([\\d.]+) seconds");

  private final Path file;
  private final long packetsInFile;

  /// @param file of whole packets
  Sender(Path file) throws IOException, InterruptedException {
    this.file = file;
    this.packetsInFile = send("--topspeed", 1).packets();
  }

  /// What was sent.
  record Sent(long packets, double seconds) {

    double perSecond() {
      return packets / seconds;
    }
  }

  /// Sends for a time.
  Sent send(double perSecond, int seconds) throws IOException, InterruptedException {
    long loops = Math.max(1, Math.round(perSecond * seconds / packetsInFile));
    return send(String.format(Locale.ROOT, "--pps=%.0f", perSecond), loops);
  }

  private Sent send(String rate, long loops) throws IOException, InterruptedException {
    String output =
        Program.run(
                true,
                List.of(
                    "tcpreplay",
                    "--intf1=" + LiveRun.SENDING,
                    "--preload-pcap",
                    "--loop=" + loops,
                    rate,
                    file.toString()))
            .output();
    Matcher actual = ACTUAL.matcher(output);
    if (!actual.find()) {
      throw new IllegalStateException("tcpreplay says: " + output);
    }
    return new Sent(Long.parseLong(actual.group(1)), Double.parseDouble(actual.group(2)));
  }
}
