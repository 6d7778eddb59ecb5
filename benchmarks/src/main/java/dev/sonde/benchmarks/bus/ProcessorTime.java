package dev.sonde.benchmarks.bus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What the threads of this process have used, as the Linux scheduler counts it: to the nanosecond,
/// where the operating system's figure for the process has steps of ten milliseconds.
///
/// @param nanos how long they ran
/// @param runs how often one was put on a processor
record ProcessorTime(long nanos, long runs) {

  private static final Path TASKS = Path.of("/proc/self/task");

  static ProcessorTime now() {
    try (Stream<Path> tasks = Files.list(TASKS)) {
      return tasks
          .map(task -> of(task.resolve("schedstat")))
          .reduce(new ProcessorTime(0, 0), ProcessorTime::plus);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The three figures are the time on a processor, the time waiting for one, and the number of
  /// times that it was given one (Documentation/scheduler/sched-stats.rst of Linux).
  private static ProcessorTime of(Path schedstat) {
    try {
      List<String> figures = List.of(Files.readString(schedstat).strip().split(" ", -1));
      return new ProcessorTime(Long.parseLong(figures.get(0)), Long.parseLong(figures.get(2)));
    } catch (IOException e) {
      return new ProcessorTime(0, 0); // The thread has ended meanwhile.
    }
  }

  private ProcessorTime plus(ProcessorTime other) {
    return new ProcessorTime(nanos + other.nanos, runs + other.runs);
  }

  ProcessorTime since(ProcessorTime earlier) {
    return new ProcessorTime(nanos - earlier.nanos, runs - earlier.runs);
  }

  double seconds() {
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
