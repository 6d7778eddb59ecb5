package dev.sonde.benchmarks.deploy;

import dev.sonde.benchmarks.UsageException;
import dev.sonde.benchmarks.bus.Median;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// `./sonde bench deploy`: from the `mv` of a jar into the folder until it runs, and over a running
/// one until the new version handles its first event, beside plain Felix with File Install. Each
/// contender in a fresh JVM, round after round; ratios are taken within a round.
public final class DeploySuite {

  /// One line for the list of benchmarks.
  public static final String SUMMARY = "ms from mv into deploy/ until a module runs, against peers";

  /// The options, as the help shows them.
  public static final String OPTIONS =
      """
        --rounds N             so many rounds instead of 3
        --jars N               so many jars in a round instead of 12
        --seed N               of the pauses between them
      """;

  private static final String START = "start";
  private static final String UPDATE = "update";

  private final int rounds;
  private final int jars;
  private final long seed;
  private final Map<String, List<Round>> results = new LinkedHashMap<>();

  /// What a contender has shown in a round, in milliseconds.
  private record Round(List<Double> start, List<Double> update) {}

  private DeploySuite(int rounds, int jars, long seed) {
    this.rounds = rounds;
    this.jars = jars;
    this.seed = seed;
  }

  /// Runs it and prints the table.
  ///
  /// @param words the options
  /// @return the exit code
  public static int run(Iterator<String> words) throws UsageException, IOException {
    int rounds = 3;
    int jars = 12;
    long seed = 7;
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "--rounds" -> rounds = Options.number(word, words);
        case "--jars" -> jars = Options.number(word, words);
        case "--seed" -> seed = Options.number(word, words);
        default ->
            throw new UsageException("bench deploy does not know '" + word + "'; see --help");
      }
    }
    return new DeploySuite(rounds, jars, seed).run();
  }

  private int run() throws IOException {
    List<String> contenders = contenders();
    for (int round = 1; round <= rounds; round++) {
      for (String contender : contenders) {
        System.err.println("round " + round + " of " + rounds + ": " + contender);
        var lines = FreshJvm.run(DeployRun.class, contender, jars, seed + round);
        results
            .computeIfAbsent(contender, name -> new ArrayList<>())
            .add(new Round(figures(lines, START), figures(lines, UPDATE)));
      }
    }
    print(contenders);
    return 0;
  }

  private static List<String> contenders() {
    List<String> contenders = new ArrayList<>(List.of(Peer.SONDE));
    Peer.POLLS.forEach(poll -> contenders.add(Peer.FILE_INSTALL + poll));
    return contenders;
  }

  private static List<Double> figures(List<String> lines, String what) {
    return lines.stream()
        .filter(line -> line.startsWith(what + " "))
        .map(line -> Double.valueOf(line.substring(what.length() + 1)))
        .toList();
  }

  private void print(List<String> contenders) {
    System.out.printf(
        "%d jars, seed %d; ms: median (least, greatest)%n%-18s %28s %28s%n",
        rounds * jars, seed, "", "mv until it has started", "mv until the first event");
    for (String contender : contenders) {
      System.out.printf(
          "%-18s %28s %28s%n", contender, cell(starts(contender)), cell(updates(contender)));
    }
    for (int poll : Peer.POLLS) {
      ratio("deploy.vs-fileinstall-" + poll, middleRatio(Peer.FILE_INSTALL + poll));
    }
    ratio("deploy.median-ms", Median.of(starts(Peer.SONDE)).middle());
    ratio("deploy.update.median-ms", Median.of(updates(Peer.SONDE)).middle());
  }

  private List<Double> starts(String contender) {
    return of(contender).stream().flatMap(round -> round.start().stream()).toList();
  }

  private List<Double> updates(String contender) {
    return of(contender).stream().flatMap(round -> round.update().stream()).toList();
  }

  private List<Round> of(String contender) {
    return Objects.requireNonNull(results.get(contender));
  }

  /// How many times faster Sonde is.
  private double middleRatio(String peer) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      ratios.add(
          Median.of(of(peer).get(round).start()).middle()
              / Median.of(of(Peer.SONDE).get(round).start()).middle());
    }
    return Median.of(ratios).middle();
  }

  private static String cell(List<Double> millis) {
    Median median = Median.of(millis);
    return String.format(
        Locale.ROOT, "%.1f (%.1f, %.1f)", median.middle(), median.least(), median.greatest());
  }

  private static void ratio(String name, double value) {
    System.out.printf(Locale.ROOT, "ratio %s %.2f%n", name, value);
  }
}
