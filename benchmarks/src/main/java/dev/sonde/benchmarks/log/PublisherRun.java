package dev.sonde.benchmarks.log;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// What a publisher pays for an event at a steady rate, in a JVM of its own: the time within
/// `publish`, and the processor time of its thread there.
public final class PublisherRun {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int WARM_UP_SECONDS = 3;
  private static final int CALIBRATION_CALLS = 100_000;

  private PublisherRun() {}

  /// What was measured, in nanoseconds.
  ///
  /// @param processor mean processor time, without that of the measurement
  /// @param median time within `publish`
  /// @param p99 what 1 % of the events took longer than
  /// @param p999 what 0.1 % of the events took longer than
  record Result(double processor, double median, double p99, double p999) {

    static Result parse(String text) {
      double[] figures =
          Arrays.stream(text.strip().split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
      return new Result(figures[0], figures[1], figures[2], figures[3]);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f %.0f %.0f %.0f", processor, median, p99, p999);
    }
  }

  /// Arguments: contender, folder, seconds, events a second.
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]).resolve("paced");
    Files.createDirectories(folder);
    int seconds = Integer.parseInt(arguments[2]);
    int rate = Integer.parseInt(arguments[3]);
    Logged logged = Logged.open(arguments[0], folder);
    var _ = pace(logged, rate, WARM_UP_SECONDS);
    Result result = pace(logged, rate, seconds);
    logged.end();
    LogRun.delete(folder);
    System.out.println(result);
  }

  private static Result pace(Logged logged, int rate, int seconds) {
    long[] nanos = new long[rate * seconds];
    long processor = 0;
    long begun = System.nanoTime();
    for (int i = 0; i < nanos.length; i++) {
      Query query = Query.at(i);
      long due = begun + i * 1_000_000_000L / rate;
      while (System.nanoTime() - due < 0) {
        Thread.onSpinWait();
      }
      long used = THREADS.getCurrentThreadCpuTime();
      long from = System.nanoTime();
      logged.log(query);
      nanos[i] = System.nanoTime() - from;
      processor += THREADS.getCurrentThreadCpuTime() - used;
    }
    Arrays.sort(nanos);
    return new Result(
        processor / (double) nanos.length - measuring(),
        nanos[nanos.length / 2],
        nanos[(int) (nanos.length * 0.99)],
        nanos[(int) (nanos.length * 0.999)]);
  }

  /// The processor time that the measurement itself takes.
  private static double measuring() {
    long processor = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < CALIBRATION_CALLS; i++) {
      long used = THREADS.getCurrentThreadCpuTime();
      long from = System.nanoTime();
      least = Math.min(least, System.nanoTime() - from);
      processor += THREADS.getCurrentThreadCpuTime() - used;
    }
    return least < 0 ? 0 : processor / (double) CALIBRATION_CALLS;
  }
}
