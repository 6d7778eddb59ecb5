package dev.sonde.supervisor;

import dev.sonde.bus.Setting;
import dev.sonde.bus.spi.ModuleHost;
import java.time.Duration;

/// How patient the supervisor is with one module: `supervision.KEY` in the module's configuration
/// file. Read when the module starts.
///
/// @param startDeadline for its start method
/// @param stopDeadline for draining, forks and its stop method together
/// @param handlerDeadline for one event, timer or task
/// @param restarts how many failures within [#window] are answered with another start
/// @param window how long a failure counts
/// @param pause before the first start after a failure; doubled with each further one
/// @param longestPause no pause is longer
record Supervision(
    @Setting(value = "10s", min = 100, max = 3_600_000, help = "for its start method")
        Duration startDeadline,
    @Setting(
            value = "1200ms",
            min = 10,
            max = 60_000,
            help = "for draining, forks and its stop method together")
        Duration stopDeadline,
    @Setting(value = "5s", min = 100, max = 3_600_000, help = "for one event, timer or task")
        Duration handlerDeadline,
    @Setting(
            value = "5",
            min = 0,
            max = 1_000_000,
            help = "how many failures within the window are answered with another start")
        int restarts,
    @Setting(value = "5m", min = 1_000, max = 86_400_000, help = "how long a failure counts")
        Duration window,
    @Setting(
            value = "200ms",
            min = 1,
            max = 3_600_000,
            help = "before the first start after a failure; doubled with each further one")
        Duration pause,
    @Setting(value = "30s", min = 1, max = 86_400_000, help = "no pause is longer")
        Duration longestPause) {

  /// The part of the configuration file that is the supervisor's.
  static final String SECTION = "supervision";

  private static final int MOST_DOUBLINGS = 20;

  static Supervision of(ModuleHost host, String module) {
    return host.config(module + "." + SECTION, Supervision.class);
  }

  /// How long to wait after so many failures.
  Duration pauseAfter(int failures) {
    Duration doubled = pause.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
  }
}
