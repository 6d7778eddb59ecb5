package dev.sonde.benchmarks.log;

import dev.sonde.bridge.Bus;
import dev.sonde.bus.Envelope;
import dev.sonde.logger.BenchmarkedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// How long after it was published an event of the journal is on the disk: one event after the
/// other, with pauses, as alerts and keys come.
final class JournalRun {

  private static final int WARM_UP = 100;
  private static final int EVENTS = 500;
  private static final long PAUSE_NANOS = 5_000_000;

  private JournalRun() {}

  /// Prints the line of the table.
  static void print(Path home) throws Exception {
    Path folder = Files.createTempDirectory(home, "journal");
    double[] millis = new double[EVENTS];
    Bus bus = new Bus();
    BenchmarkedLog log =
        new BenchmarkedLog(bus, Logged.codec(), folder, BenchmarkedLog.Keeping.JOURNAL);
    for (int i = -WARM_UP; i < EVENTS; i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
      long begun = System.nanoTime();
      log.awaitSynced(bus.publish("bench", Query.at(i + WARM_UP), Envelope.NO_CAUSE));
      if (i >= 0) {
        millis[i] = (System.nanoTime() - begun) / 1e6;
      }
    }
    log.close();
    LogRun.delete(folder);
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "journal: on the disk after %.1f ms (median), %.1f ms (99 %%), %.1f ms (longest)%n",
        millis[EVENTS / 2],
        millis[EVENTS * 99 / 100],
        millis[EVENTS - 1]);
  }
}
