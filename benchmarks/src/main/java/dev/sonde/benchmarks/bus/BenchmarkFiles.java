package dev.sonde.benchmarks.bus;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// What the start script says: where the build has put things, and how the device is started.
public final class BenchmarkFiles {

  /// The system property that names the assembled directory.
  static final String HOME = "sonde.benchmarks";

  private static final String DEVICE_OPTIONS = "sonde.device.options";

  /// The system properties that say all that, for a process that asks again.
  public static final List<String> PROPERTIES = List.of(HOME, DEVICE_OPTIONS);

  private BenchmarkFiles() {}

  /// The assembled directory.
  public static Path home() {
    return Path.of(property(HOME));
  }

  static Path bundles(String folder) {
    return home().resolve("bundles").resolve(folder);
  }

  /// Where JMH's own output goes.
  static Path log() {
    return home().resolveSibling("bus.log");
  }

  /// The options of the device's JVM, which every contender's has as well.
  public static List<String> deviceOptions() {
    return List.of(property(DEVICE_OPTIONS).strip().split("\\s+", -1));
  }

  private static String property(String name) {
    return Objects.requireNonNull(
        System.getProperty(name),
        () -> "System property " + name + " is not set; use ./sonde bench");
  }
}
