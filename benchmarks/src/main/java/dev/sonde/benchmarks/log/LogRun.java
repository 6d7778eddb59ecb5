package dev.sonde.benchmarks.log;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// One contender in a JVM of its own: warms up, then logs so many events, and says how long that
/// took until the last was written.
public final class LogRun {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private LogRun() {}

  /// Arguments: contender, folder, events.
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[1]);
    long events = Long.parseLong(arguments[2]);
    measure(arguments[0], folder.resolve("warm"), events / 2);
    Result result = measure(arguments[0], folder.resolve("measured"), events);
    System.out.println(result);
  }

  /// @param perSecond events a second until all was written
  /// @param bytes allocated by the whole process for an event
  /// @param publisherNanos processor time of the publishing thread for an event
  record Result(double perSecond, double bytes, double publisherNanos) {

    static Result parse(String text) {
      String[] figures = text.strip().split(" ", -1);
      return new Result(
          Double.parseDouble(figures[0]),
          Double.parseDouble(figures[1]),
          Double.parseDouble(figures[2]));
    }

    @Override
    public String toString() {
      return perSecond + " " + bytes + " " + publisherNanos;
    }
  }

  private static Result measure(String contender, Path folder, long events) throws Exception {
    Files.createDirectories(folder);
    Logged logged = Logged.open(contender, folder);
    long bytes = THREADS.getTotalThreadAllocatedBytes();
    long begun = System.nanoTime();
    long used = THREADS.getCurrentThreadCpuTime();
    for (long number = 0; number < events; number++) {
      logged.log(Query.at(number));
    }
    used = THREADS.getCurrentThreadCpuTime() - used;
    logged.end();
    double seconds = (System.nanoTime() - begun) / 1e9;
    bytes = THREADS.getTotalThreadAllocatedBytes() - bytes;
    delete(folder);
    return new Result(events / seconds, bytes / (double) events, used / (double) events);
  }

  static void delete(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
