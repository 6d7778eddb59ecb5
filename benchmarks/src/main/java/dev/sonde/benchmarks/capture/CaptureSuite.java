package dev.sonde.benchmarks.capture;

import dev.sonde.benchmarks.UsageException;
import dev.sonde.benchmarks.bus.BenchmarkFiles;
import dev.sonde.network.BenchmarkedTraffic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;

/// `./sonde bench capture`: replay, live capture, and what a packet allocates.
public final class CaptureSuite {

  /// One line for the list of benchmarks.
  public static final String SUMMARY = "packets/s from files and live, against tcpdump and tshark";

  /// The options, as the help shows them.
  public static final String OPTIONS = CaptureOptions.TEXT;

  private CaptureSuite() {}

  /// Runs it and prints tables and ratios.
  ///
  /// @param words the options
  /// @return the exit code: 1 where a ratio could not be measured
  public static int run(Iterator<String> words) throws Exception {
    CaptureOptions options = CaptureOptions.parse(words);
    Path folder = Files.createTempDirectory(BenchmarkFiles.home(), "capture");
    Ratios ratios = new Ratios();
    try {
      measure(options, folder, ratios);
    } finally {
      for (Traffic file : Traffic.values()) {
        Files.deleteIfExists(file.in(folder));
      }
      Files.delete(folder);
    }
    return ratios.print(System.out);
  }

  private static void measure(CaptureOptions options, Path folder, Ratios ratios) throws Exception {
    BenchmarkedTraffic traffic = traffic(options);
    System.err.printf(
        Locale.ROOT, "traffic: %,d frames from %s%n", traffic.frames(), options.captures());
    traffic.write(Traffic.ONE.in(folder), 1);
    traffic.write(Traffic.ONCE.in(folder), traffic.frames());
    if (options.replay()) {
      traffic.write(Traffic.LONG.in(folder), options.packets());
      new ReplaySuite(options, folder, ratios).run();
    }
    if (options.live()) {
      new LiveSuite(options, folder, ratios).run();
    }
  }

  private static BenchmarkedTraffic traffic(CaptureOptions options) throws Exception {
    try {
      return BenchmarkedTraffic.of(options.captures());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
