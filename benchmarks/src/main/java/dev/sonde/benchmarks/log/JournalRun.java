package dev.sonde.benchmarks.log;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import dev.sonde.bridge.Bus;
import dev.sonde.bus.Envelope;
import dev.sonde.logger.BenchmarkedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// How long after it was published an event of the journal is on the disk: one event after the
/// other, with pauses, as alerts and keys come. Beside it, in turn with it, what the disk itself
/// takes to append a line and to sync it.
final class JournalRun {

  private static final int WARM_UP = 100;
  private static final int EVENTS = 500;
  private static final long PAUSE_NANOS = 5_000_000;

  /// As long as a line of the journal.
  private static final byte[] LINE = ("x".repeat(249) + "\n").getBytes(StandardCharsets.UTF_8);

  private JournalRun() {}

  /// Prints the lines of the table.
  static void print(Path home) throws Exception {
    Path folder = Files.createTempDirectory(home, "journal");
    double[] synced = new double[EVENTS];
    double[] bare = new double[EVENTS];
    Bus bus = new Bus();
    BenchmarkedLog log =
        new BenchmarkedLog(bus, Logged.codec(), folder, BenchmarkedLog.Keeping.JOURNAL);
    try (FileChannel file = FileChannel.open(folder.resolve("bare"), CREATE, APPEND)) {
      for (int i = -WARM_UP; i < EVENTS; i++) {
        int number = i + WARM_UP;
        double took =
            pausedMillis(
                () -> log.awaitSynced(bus.publish("bench", Query.at(number), Envelope.NO_CAUSE)));
        double tookBare =
            pausedMillis(
                () -> {
                  file.write(ByteBuffer.wrap(LINE));
                  file.force(false);
                });
        if (i >= 0) {
          synced[i] = took;
          bare[i] = tookBare;
        }
      }
    }
    log.close();
    LogRun.delete(folder);
    print("journal: on the disk after", synced);
    print("the disk: a line synced in", bare);
  }

  /// Something that writes.
  @FunctionalInterface
  private interface Writing {
    void write() throws IOException;
  }

  private static double pausedMillis(Writing writing) throws IOException {
    LockSupport.parkNanos(PAUSE_NANOS);
    long begun = System.nanoTime();
    writing.write();
    return (System.nanoTime() - begun) / 1e6;
  }

  private static void print(String what, double[] millis) {
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s %.1f ms (median), %.1f ms (99 %%), %.1f ms (longest)%n",
        what,
        millis[EVENTS / 2],
        millis[EVENTS * 99 / 100],
        millis[EVENTS - 1]);
  }
}
