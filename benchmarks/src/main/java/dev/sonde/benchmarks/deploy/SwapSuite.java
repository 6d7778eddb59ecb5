package dev.sonde.benchmarks.deploy;

import dev.sonde.benchmarks.UsageException;
import dev.sonde.benchmarks.bus.Median;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/// `./sonde bench swap`: a counting bundle is replaced while 10,000 events/s are published. How
/// long is the gap between the last event of the old version and the first of the new one, is any
/// event lost or handled twice, and does the process grow? Beside plain Felix with File Install,
/// each contender in a fresh JVM; ratios are taken within a round.
public final class SwapSuite {

  /// One line for the list of benchmarks.
  public static final String SUMMARY = "a module is replaced under 10,000 events/s, against peers";

  /// The options, as the help shows them.
  public static final String OPTIONS =
      """
        --rounds N             so many rounds beside File Install instead of 3
        --swaps N              so many swaps in the long run instead of 1,000
      """;

  private static final String FELIX = Peer.FILE_INSTALL + 200;
  private static final int SWAPS_IN_A_ROUND = 40;
  private static final int STATIONS = 5;

  private final List<Double> ratios = new ArrayList<>();
  private long lost;
  private long repeated;

  private SwapSuite() {}

  /// What a run has shown.
  ///
  /// @param contender who
  /// @param gaps in milliseconds
  /// @param stations what the process held after so many swaps
  /// @param published how many events
  /// @param lost published and not handled
  /// @param told so many of these the module was told that it missed
  /// @param repeated handled twice, or after a later one
  private record Result(
      String contender,
      List<Double> gaps,
      List<String[]> stations,
      long published,
      long lost,
      long told,
      long repeated) {

    static Result of(String contender, List<String> lines) {
      long told = 0;
      long published = 0;
      long handled = 0;
      long repeated = 0;
      List<Double> gaps = new ArrayList<>();
      List<String[]> stations = new ArrayList<>();
      for (String line : lines) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "gap" -> gaps.add(Double.valueOf(words[1]));
          case "holds" -> stations.add(words);
          case "published" -> published = Long.parseLong(words[1]);
          case "handled" -> handled = Long.parseLong(words[1]);
          case "told" -> told = Long.parseLong(words[1]);
          case "repeated" -> repeated = Long.parseLong(words[1]);
          default -> throw new IllegalStateException(contender + " printed " + line);
        }
      }
      return new Result(contender, gaps, stations, published, published - handled, told, repeated);
    }

    double gap() {
      return Median.of(gaps).middle();
    }

    void print() {
      Median median = Median.of(gaps);
      System.out.printf(
          Locale.ROOT,
          "%-16s %6d %,12d %20s %8d %8d %10d%n",
          contender,
          gaps.size(),
          published,
          String.format(
              Locale.ROOT, "%.1f (%.1f, %.1f)", median.middle(), median.least(), median.greatest()),
          lost,
          told,
          repeated);
    }
  }

  /// Runs it and prints the tables.
  ///
  /// @param words the options
  /// @return 0, or 1 if Sonde has lost an event or handled one twice
  public static int run(Iterator<String> words) throws UsageException, IOException {
    int rounds = 3;
    int swaps = 1_000;
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "--rounds" -> rounds = Options.number(word, words);
        case "--swaps" -> swaps = Options.number(word, words);
        default -> throw new UsageException("bench swap does not know '" + word + "'; see --help");
      }
    }
    return new SwapSuite().run(rounds, swaps);
  }

  private int run(int rounds, int swaps) throws IOException {
    System.out.printf(
        "%-16s %6s %12s %20s %8s %8s %10s%n",
        "", "swaps", "events", "gap ms", "lost", "so told", "duplicated");
    for (int round = 1; round <= rounds; round++) {
      System.err.println("round " + round + " of " + rounds);
      Result sonde = fork(Peer.SONDE, SWAPS_IN_A_ROUND);
      Result felix = fork(FELIX, SWAPS_IN_A_ROUND);
      ratios.add(felix.gap() / sonde.gap());
    }
    System.err.println("the long run");
    Result longRun = fork(Peer.SONDE, swaps);
    System.out.printf(
        "%n%-16s %10s %14s %10s %10s%n",
        "after swaps", "heap MiB", "metaspace MiB", "classes", "threads");
    longRun.stations().forEach(SwapSuite::print);
    System.out.printf(Locale.ROOT, "ratio swap.gap.vs-felix %.2f%n", Median.of(ratios).middle());
    System.out.printf(Locale.ROOT, "ratio swap.gap-ms %.2f%n", longRun.gap());
    System.out.printf("ratio swap.lost %d%n", lost);
    System.out.printf("ratio swap.duplicated %d%n", repeated);
    return lost == 0 && repeated == 0 ? 0 : 1;
  }

  private Result fork(String contender, int swaps) throws IOException {
    int every = Math.max(1, swaps / STATIONS);
    Result result = Result.of(contender, FreshJvm.run(SwapRun.class, contender, swaps, every));
    if (contender.equals(Peer.SONDE)) {
      lost += result.lost();
      repeated += result.repeated();
    }
    result.print();
    return result;
  }

  private static void print(String[] station) {
    Footprint held = Footprint.parse(station, 2);
    System.out.printf(
        Locale.ROOT,
        "%-16s %10.1f %14.1f %10d %10d%n",
        station[1],
        held.heapMiB(),
        held.metaspaceMiB(),
        held.classes(),
        held.threads());
  }
}
