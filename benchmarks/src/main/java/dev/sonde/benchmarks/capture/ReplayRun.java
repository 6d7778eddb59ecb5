package dev.sonde.benchmarks.capture;

import dev.sonde.network.BenchmarkedCapture;
import dev.sonde.network.BenchmarkedCapture.Result;
import java.util.Map;

/// Replays a file at full speed in a JVM of its own, and prints what came of it.
public final class ReplayRun {

  private ReplayRun() {}

  /// Arguments: the file; `metered` where allocation is measured rather than time.
  public static void main(String[] arguments) throws Exception {
    boolean metered = arguments.length > 1;
    Map<String, String> settings = Map.of("source", "pcap:" + arguments[0], "speed", "max");
    Result result = new BenchmarkedCapture(settings, metered).begin().ended();
    System.out.printf(
        "%d %d %d %d %d %d%n",
        result.packets(),
        result.events(),
        result.missed(),
        result.allocatedBytes(),
        result.quietPackets(),
        result.quietBytes());
  }

  /// Reads what was printed.
  static Result parse(String printed) {
    String[] figures = printed.strip().split(" ", -1);
    return new Result(
        Long.parseLong(figures[0]),
        Long.parseLong(figures[1]),
        Long.parseLong(figures[2]),
        Long.parseLong(figures[3]),
        Long.parseLong(figures[4]),
        Long.parseLong(figures[5]));
  }
}
