package dev.sonde.benchmarks.stress;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import org.openjdk.jcstress.infra.grading.ReportUtils;

/// What was seen in each test, in all compilations together.
///
/// @param tests by name
/// @param missing the names of those that left no result
record StressReport(List<TestResult> tests, List<String> missing) {

  private static final String ROW = "%-14s %,13d  %s%n";

  /// @param expected the tests that were to run
  static StressReport read(Path results, List<String> expected)
      throws IOException, ClassNotFoundException {
    InProcessCollector collector = new InProcessCollector();
    DiskReadCollector reader = new DiskReadCollector(results.toString(), collector);
    try {
      reader.dump();
    } finally {
      reader.close();
    }
    List<TestResult> tests =
        ReportUtils.mergedByName(collector.getTestResults()).stream()
            .sorted(Comparator.comparing(TestResult::getName))
            .toList();
    Set<String> seen = tests.stream().map(TestResult::getName).collect(Collectors.toSet());
    return new StressReport(tests, expected.stream().filter(test -> !seen.contains(test)).toList());
  }

  boolean isPassed() {
    return forbidden().isEmpty() && broken().isEmpty() && missing.isEmpty();
  }

  private List<String> forbidden() {
    return tests.stream().filter(t -> !t.grading().isPassed).map(TestResult::getName).toList();
  }

  /// Those that did not run to their end: an exception, a hang, a JVM that did not start.
  private List<String> broken() {
    return tests.stream()
        .filter(t -> t.status() != Status.NORMAL)
        .map(TestResult::getName)
        .toList();
  }

  /// @param log where to look further
  void print(PrintStream out, Path log) {
    out.printf("%-14s %13s  %s%n", "test", "seen", "outcome");
    tests.forEach(test -> print(out, test));
    long samples = tests.stream().mapToLong(TestResult::getTotalCount).sum();
    if (isPassed()) {
      out.printf(
          "%nstress: passed. %d tests, %,d samples, nothing forbidden%n", tests.size(), samples);
    } else {
      out.printf(
          "%nstress: FAILED. Forbidden outcomes: %s. Broken: %s. Not run: %s. See %s%n",
          names(forbidden()), names(broken()), names(missing), log);
    }
  }

  private static String names(List<String> tests) {
    return tests.isEmpty()
        ? "none"
        : tests.stream().map(StressOptions::shortName).collect(Collectors.joining(", "));
  }

  private static void print(PrintStream out, TestResult test) {
    String name = StressOptions.shortName(test.getName());
    for (Map.Entry<String, Long> outcome : outcomes(test).entrySet()) {
      out.printf(ROW, name, outcome.getValue(), outcome.getKey());
      name = "";
    }
    if (test.status() != Status.NORMAL) {
      out.printf(
          ROW, name, 0, test.status() + " " + test.getMessages().stream().findFirst().orElse(""));
    }
  }

  /// How often each was seen. Those that are allowed for the same reason are one.
  private static Map<String, Long> outcomes(TestResult test) {
    Map<String, Long> outcomes = new LinkedHashMap<>();
    for (GradingResult result : test.grading().gradingResults.values()) {
      if (result.count > 0) {
        outcomes.merge(text(result), result.count, Long::sum);
      }
    }
    return outcomes;
  }

  private static String text(GradingResult result) {
    return result.expect == Expect.ACCEPTABLE
        ? result.description
        : "FORBIDDEN " + result.id + ": " + result.description;
  }
}
