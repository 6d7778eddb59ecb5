package dev.sonde.benchmarks;

import dev.sonde.benchmarks.bus.BusSuite;
import dev.sonde.benchmarks.capture.CaptureSuite;
import dev.sonde.benchmarks.deploy.DeploySuite;
import dev.sonde.benchmarks.deploy.SwapSuite;
import dev.sonde.benchmarks.log.LogSuite;
import dev.sonde.benchmarks.stress.StressSuite;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The benchmarks by name.
public final class Main {

  private static final int USAGE = 2;

  private static final Set<String> HELP = Set.of("--help", "-h", "help");

  private static final List<Suite> SUITES =
      List.of(
          new Suite("bus", BusSuite.SUMMARY, BusSuite.OPTIONS, BusSuite::run),
          new Suite("capture", CaptureSuite.SUMMARY, CaptureSuite.OPTIONS, CaptureSuite::run),
          new Suite("deploy", DeploySuite.SUMMARY, DeploySuite.OPTIONS, DeploySuite::run),
          new Suite("log", LogSuite.SUMMARY, LogSuite.OPTIONS, LogSuite::run),
          new Suite("stress", StressSuite.SUMMARY, StressSuite.OPTIONS, StressSuite::run),
          new Suite("swap", SwapSuite.SUMMARY, SwapSuite.OPTIONS, SwapSuite::run));

  private Main() {}

  /// A benchmark.
  ///
  /// @param summary what it measures, in a line
  /// @param options what it takes, a line each
  /// @param program runs it with the words behind its name, and returns the exit code
  private record Suite(String name, String summary, String options, Program program) {

    int run(List<String> words) throws Exception {
      if (words.stream().anyMatch(HELP::contains)) {
        System.out.println("./sonde bench " + name + " [OPTION ...]: " + summary + "\n");
        System.out.print(options);
        return 0;
      }
      return program.run(words.iterator());
    }
  }

  @FunctionalInterface
  private interface Program {
    int run(Iterator<String> words) throws Exception;
  }

  /// @param arguments the name of a benchmark and its options; nothing for a list
  public static void main(String[] arguments) throws Exception {
    try {
      System.exit(run(List.of(arguments)));
    } catch (UsageException e) {
      System.err.println("sonde: " + e.getMessage());
      System.exit(USAGE);
    }
  }

  private static int run(List<String> arguments) throws Exception {
    if (arguments.isEmpty() || HELP.contains(arguments.getFirst())) {
      return help();
    }
    String name = arguments.getFirst();
    for (Suite suite : SUITES) {
      if (suite.name.equals(name)) {
        return suite.run(arguments.subList(1, arguments.size()));
      }
    }
    String names = SUITES.stream().map(Suite::name).collect(Collectors.joining(", "));
    throw new UsageException("There is no benchmark '" + name + "'; there are: " + names);
  }

  private static int help() {
    System.out.println("Benchmarks: ./sonde bench NAME [OPTION ...]\n");
    SUITES.forEach(suite -> System.out.printf("  %-8s%s%n", suite.name, suite.summary));
    for (Suite suite : SUITES) {
      System.out.println("\nOptions of " + suite.name + ":");
      System.out.print(suite.options);
    }
    return 0;
  }
}
