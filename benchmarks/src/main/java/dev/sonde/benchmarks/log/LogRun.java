package dev.sonde.benchmarks.log;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// One contender in a JVM of its own: warms up, then logs for so long, and says how many events a
/// second that were until the last was written.
public final class LogRun {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /// After how many events the clock is looked at.
  private static final int EVENTS_BETWEEN_LOOKS = 1_024;

  private LogRun() {}

  /// Arguments: contender, folder, seconds.
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    long seconds = Long.parseLong(arguments[2]);
    measure(arguments[0], folder.resolve("warm"), seconds);
    Result result = measure(arguments[0], folder.resolve("measured"), seconds);
    System.out.println(result);
  }

  /// @param perSecond events a second until all was written
  /// @param bytes allocated by the whole process for an event
  /// @param nanos processor time of the whole process for an event
  /// @param publisherNanos processor time of the publishing thread for an event
  record Result(double perSecond, double bytes, double nanos, double publisherNanos) {

    static Result parse(String text) {
      String[] figures = text.strip().split(" ", -1);
      return new Result(
          Double.parseDouble(figures[0]),
          Double.parseDouble(figures[1]),
          Double.parseDouble(figures[2]),
          Double.parseDouble(figures[3]));
    }

    @Override
    public String toString() {
      return perSecond + " " + bytes + " " + nanos + " " + publisherNanos;
    }
  }

  private static Result measure(String contender, Path folder, long forSeconds) throws Exception {
    Files.createDirectories(folder);
    Logged logged = Logged.open(contender, folder);
    long bytes = THREADS.getTotalThreadAllocatedBytes();
    long processor = PROCESS.getProcessCpuTime();
    long begun = System.nanoTime();
    long used = THREADS.getCurrentThreadCpuTime();
    long events = 0;
    while (System.nanoTime() - begun < forSeconds * 1_000_000_000L) {
      for (int i = 0; i < EVENTS_BETWEEN_LOOKS; i++) {
        logged.log(Query.at(events++));
      }
    }
    used = THREADS.getCurrentThreadCpuTime() - used;
    logged.end();
    double seconds = (System.nanoTime() - begun) / 1e9;
    processor = PROCESS.getProcessCpuTime() - processor;
    bytes = THREADS.getTotalThreadAllocatedBytes() - bytes;
    delete(folder);
    return new Result(
        events / seconds,
        bytes / (double) events,
        processor / (double) events,
        used / (double) events);
  }

  static void delete(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
