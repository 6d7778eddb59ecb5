package dev.sonde.benchmarks.log;

import dev.sonde.benchmarks.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/// `./sonde bench log`: events a second into JSON lines and into SQLite, each contender in a fresh
/// JVM, round after round; ratios are taken within a round.
public final class LogSuite {

  /// One line for the list of benchmarks.
  public static final String SUMMARY = "events/s into JSON lines and SQLite, against peers";

  /// The options, as the help shows them.
  public static final String OPTIONS =
      """
        --rounds N             so many rounds instead of 3
        --seconds N            each measures so long, after as long a warm-up, instead of 8
      """;

  private static final List<String> CONTENDERS =
      List.of("sonde.jsonl", "logback.jsonl", "sonde.sqlite", "raw.sqlite", "none");

  /// Events a second of a publisher that goes at its own pace.
  private static final List<Integer> RATES = List.of(10_000, 100_000);

  private static final List<String> LISTENERS = List.of("nobody", "none", "sonde.sqlite");

  private final Map<String, List<LogRun.Result>> results = new LinkedHashMap<>();
  private final Map<String, List<PublisherRun.Result>> paced = new LinkedHashMap<>();
  private final int rounds;
  private final long seconds;

  private LogSuite(int rounds, long seconds) {
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /// Runs it and prints the table.
  ///
  /// @param words the options
  /// @return the exit code
  public static int run(Iterator<String> words) throws Exception {
    int rounds = 3;
    long seconds = 8;
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "--rounds" -> rounds = (int) number(word, words);
        case "--seconds" -> seconds = number(word, words);
        default -> throw new UsageException("bench log does not know '" + word + "'; see --help");
      }
    }
    return new LogSuite(rounds, seconds).run();
  }

  private static long number(String option, Iterator<String> words) throws UsageException {
    String text = words.hasNext() ? words.next() : "";
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new UsageException(option + " needs a number of 1 or more");
    }
    return Long.parseLong(text);
  }

  private int run() throws Exception {
    for (int round = 1; round <= rounds; round++) {
      for (String contender : CONTENDERS) {
        System.err.println("round " + round + " of " + rounds + ": " + contender);
        results
            .computeIfAbsent(contender, name -> new ArrayList<>())
            .add(LogRun.Result.parse(fork(LogRun.class, contender)));
      }
      for (int rate : RATES) {
        for (String listener : LISTENERS) {
          System.err.println("round " + round + ": " + listener + " at " + rate + "/s");
          paced
              .computeIfAbsent(at(listener, rate), name -> new ArrayList<>())
              .add(PublisherRun.Result.parse(fork(PublisherRun.class, listener, "" + rate)));
        }
      }
    }
    print();
    JournalRun.print(Path.of(home()));
    return 0;
  }

  private static String at(String listener, int rate) {
    return String.format(Locale.ROOT, "%s at %,d/s", listener, rate);
  }

  private void print() {
    System.out.printf(
        "%-14s %12s %12s %12s %14s%n", "", "events/s", "bytes/event", "all ns", "publisher ns");
    for (String contender : CONTENDERS) {
      System.out.printf(
          Locale.ROOT,
          "%-14s %,12.0f %,12.0f %,12.0f %,14.0f%n",
          contender,
          middle(contender, LogRun.Result::perSecond),
          middle(contender, LogRun.Result::bytes),
          middle(contender, LogRun.Result::nanos),
          middle(contender, LogRun.Result::publisherNanos));
    }
    System.out.printf(
        "%n%-26s %12s %10s %10s %10s%n", "", "publisher ns", "median", "99 %", "99.9 %");
    for (String name : paced.keySet()) {
      System.out.printf(
          Locale.ROOT,
          "%-26s %,12.0f %,10.0f %,10.0f %,10.0f%n",
          name,
          middle(paced, name, PublisherRun.Result::processor),
          middle(paced, name, PublisherRun.Result::median),
          middle(paced, name, PublisherRun.Result::p99),
          middle(paced, name, PublisherRun.Result::p999));
    }
    System.out.println();
    ratio("log.jsonl.vs-logback", "sonde.jsonl", "logback.jsonl");
    ratio("log.sqlite.vs-raw", "sonde.sqlite", "raw.sqlite");
    for (int rate : RATES) {
      ratio(
          "log.publisher-" + rate + ".vs-none",
          paced,
          at("none", rate),
          at("sonde.sqlite", rate),
          PublisherRun.Result::processor);
    }
  }

  private String fork(Class<?> main, String contender, String... more) throws IOException {
    Path folder = Files.createTempDirectory(Path.of(home()), "log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of(System.getProperty("sonde.device.options").strip().split("\\s+", -1)));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), main.getName(), contender));
    command.addAll(List.of(folder.toString(), String.valueOf(seconds)));
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException(contender + " failed");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    }
    Files.delete(folder);
    return printed;
  }

  /// On the disk of the source tree; a temporary folder may lie in memory.
  private static String home() {
    return System.getProperty("sonde.benchmarks");
  }

  private double middle(String contender, ToDoubleFunction<LogRun.Result> figure) {
    return middle(results, contender, figure);
  }

  private static <R> double middle(
      Map<String, List<R>> all, String name, ToDoubleFunction<R> figure) {
    return middle(of(all, name).stream().map(figure::applyAsDouble).toList());
  }

  private static <R> List<R> of(Map<String, List<R>> all, String name) {
    return Objects.requireNonNull(all.get(name));
  }

  private static double middle(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private void ratio(String name, String sonde, String peer) {
    ratio(name, results, sonde, peer, LogRun.Result::perSecond);
  }

  /// The median of the ratios within the rounds.
  private <R> void ratio(
      String name,
      Map<String, List<R>> all,
      String over,
      String under,
      ToDoubleFunction<R> figure) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      ratios.add(
          figure.applyAsDouble(of(all, over).get(round))
              / figure.applyAsDouble(of(all, under).get(round)));
    }
    System.out.printf(Locale.ROOT, "ratio %s %.2f%n", name, middle(ratios));
  }
}
