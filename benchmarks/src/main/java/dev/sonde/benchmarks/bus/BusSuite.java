package dev.sonde.benchmarks.bus;

import dev.sonde.benchmarks.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/// `./sonde bench bus`: runs every contender in every shape, each in a fresh JVM, round after
/// round, so that what else the machine does falls on all of them.
public final class BusSuite {

  /// One line for the list of benchmarks.
  public static final String SUMMARY =
      "published events/s, latency, bytes, idle CPU, against peers";

  /// The options, as the help shows them.
  public static final String OPTIONS =
      """
        --full                 5 rounds of longer iterations, instead of at most 3 in 15 minutes
        --rounds N             so many rounds
        --contenders A,B       only these: %s
        --shapes A,B           only these: %s
        --only REGEX           only those of which it matches a part of bus.SHAPE.CONTENDER
        --json FILE            writes every measurement into a file
      """
          .formatted(BusOptions.contenderNames(), BusOptions.shapeNames());

  /// When no further fork begins, so that all of it takes less than fifteen minutes. Rounds that
  /// are cut off have fewer ratios, not other ones.
  private static final Duration LIMIT = Duration.ofMinutes(14).plusSeconds(30);

  private final BusOptions options;
  private final Forks forks;
  private final PrintStream out = System.out;
  private final PrintStream progress = System.err;
  private final long begun = System.nanoTime();

  /// @param log where everything goes that others print from now on
  private BusSuite(BusOptions options, PrintStream log) {
    this.options = options;
    this.forks = new Forks(options.full(), log);
    System.setOut(log);
    System.setErr(log);
  }

  /// Runs it and prints the tables.
  ///
  /// @param words the options
  /// @return the exit code
  public static int run(Iterator<String> words) throws UsageException, IOException {
    BusOptions options = BusOptions.parse(words);
    try (PrintStream log = new PrintStream(BenchmarkFiles.log().toFile(), StandardCharsets.UTF_8)) {
      return new BusSuite(options, log).run();
    }
  }

  private int run() throws IOException {
    int all = IntStream.rangeClosed(1, options.rounds()).map(r -> options.works(r).size()).sum();
    List<Measurement> measurements = new ArrayList<>();
    for (int round = 1; round <= options.rounds(); round++) {
      for (Work work : options.works(round)) {
        if (!isTimeUp()) {
          measurements.add(forks.run(round, work));
          tell(measurements.getLast(), measurements.size(), all);
        }
      }
    }
    if (measurements.size() < all) {
      out.printf("%nThe time was up after %d of %d runs.%n", measurements.size(), all);
    }
    return report(new Measurements(measurements));
  }

  private boolean isTimeUp() {
    return options.isBounded() && elapsed().compareTo(LIMIT) > 0;
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private int report(Measurements measurements) throws IOException {
    out.printf(
        "%n%d processors, Java %s, %d rounds%s; medians, and the least and greatest of the rounds%n%n",
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("java.vm.version"),
        options.rounds(),
        options.full() ? ", full" : "");
    new Report(measurements, out).print();
    if (options.json() != null) {
      JsonReport.write(measurements, options.json());
    }
    return measurements.voids().isEmpty() ? 0 : 1;
  }

  private void tell(Measurement measurement, int done, int all) {
    Duration time = elapsed();
    progress.printf(
        "%2d:%02d  %d/%d  round %d  %s%n",
        time.toMinutes(), time.toSecondsPart(), done, all, measurement.round(), measurement);
  }
}
