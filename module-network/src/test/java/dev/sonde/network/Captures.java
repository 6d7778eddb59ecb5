package dev.sonde.network;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Runs captures in tests, and finds those that others made: a folder named by the environment
/// variable or system property `SONDE_CAPTURES`.
final class Captures {

  private Captures() {}

  /// The folder; skips the test where there is none.
  static Path folder() {
    String named = System.getProperty("SONDE_CAPTURES", System.getenv("SONDE_CAPTURES"));
    if (named == null || !Files.isDirectory(Path.of(named))) {
      String reason = "Skipped: SONDE_CAPTURES names no folder of captures";
      System.out.println(reason);
      return abort(reason);
    }
    return Path.of(named);
  }

  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().matches(".*\\.(p?cap|pcapng)")).sorted().toList();
    }
  }

  /// Runs a capture to its end, here and now.
  static RecordingBus run(NetworkConfig config) {
    RecordingBus bus = new RecordingBus(false);
    of(config, bus).run();
    return bus;
  }

  /// A capture that sets no timers and records nothing.
  static Capture of(NetworkConfig config, RecordingBus bus) {
    return of(config, bus, new Links(false));
  }

  static Capture of(NetworkConfig config, RecordingBus bus, Links links) {
    return new Capture(config.source(), config, bus, (delay, task) -> {}, Path.of("unused"), links);
  }

  static RecordingBus replay(Path file) {
    return run(config("pcap:" + file, "", "max"));
  }

  static NetworkConfig config(String source, String filter, String speed) {
    return new NetworkConfig(
        source,
        filter,
        65_535,
        true,
        speed,
        false,
        Duration.ofSeconds(1),
        4_096,
        Duration.ofMinutes(1),
        RecordingChoice.OFF,
        RecordingFormat.PCAPNG,
        16,
        Duration.ofHours(1),
        256,
        Duration.ofSeconds(10),
        Duration.ofSeconds(10),
        false,
        4,
        List.of(),
        10);
  }
}
