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
        --seconds N            each measures so long, after as long a warm-up, instead of 6
      """;

  private static final List<String> CONTENDERS =
      List.of("sonde.jsonl", "logback.jsonl", "sonde.sqlite", "raw.sqlite", "none");

  private final Map<String, List<LogRun.Result>> results = new LinkedHashMap<>();
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
    long seconds = 6;
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
        results.computeIfAbsent(contender, name -> new ArrayList<>()).add(fork(contender));
      }
    }
    System.out.printf("%-14s %12s %12s %16s%n", "", "events/s", "bytes/event", "publisher ns");
    for (String contender : CONTENDERS) {
      System.out.printf(
          Locale.ROOT,
          "%-14s %,12.0f %,12.0f %,16.0f%n",
          contender,
          middle(contender, LogRun.Result::perSecond),
          middle(contender, LogRun.Result::bytes),
          middle(contender, LogRun.Result::publisherNanos));
    }
    ratio("log.jsonl.vs-logback", "sonde.jsonl", "logback.jsonl", LogRun.Result::perSecond);
    ratio("log.sqlite.vs-raw", "sonde.sqlite", "raw.sqlite", LogRun.Result::perSecond);
    ratio("log.publisher.vs-none", "none", "sonde.jsonl", LogRun.Result::publisherNanos);
    JournalRun.print(Path.of(home()));
    return 0;
  }

  private LogRun.Result fork(String contender) throws IOException {
    Path folder = Files.createTempDirectory(Path.of(home()), "log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of(System.getProperty("sonde.device.options").strip().split("\\s+", -1)));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), LogRun.class.getName(), contender));
    command.addAll(List.of(folder.toString(), String.valueOf(seconds)));
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
    return LogRun.Result.parse(printed);
  }

  /// On the disk of the source tree; a temporary folder may lie in memory.
  private static String home() {
    return System.getProperty("sonde.benchmarks");
  }

  private List<LogRun.Result> of(String contender) {
    return Objects.requireNonNull(results.get(contender));
  }

  private double middle(String contender, ToDoubleFunction<LogRun.Result> figure) {
    return middle(of(contender).stream().map(figure::applyAsDouble).toList());
  }

  private static double middle(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  private void ratio(
      String name, String sonde, String peer, ToDoubleFunction<LogRun.Result> figure) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      ratios.add(
          figure.applyAsDouble(of(sonde).get(round)) / figure.applyAsDouble(of(peer).get(round)));
    }
    System.out.printf(Locale.ROOT, "ratio %s %.2f%n", name, middle(ratios));
  }
}
