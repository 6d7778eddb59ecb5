package dev.sonde.benchmarks;

import dev.sonde.benchmarks.bus.BusSuite;
import dev.sonde.benchmarks.deploy.DeploySuite;
import dev.sonde.benchmarks.deploy.SwapSuite;
import dev.sonde.benchmarks.log.LogSuite;
import dev.sonde.benchmarks.stress.StressSuite;
import java.util.Iterator;
import java.util.List;

/// The benchmarks by name.
public final class Main {

  private static final int USAGE = 2;

  private Main() {}

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
    Iterator<String> words = arguments.iterator();
    String name = words.hasNext() ? words.next() : "--help";
    return switch (name) {
      case "bus" -> BusSuite.run(words);
      case "log" -> LogSuite.run(words);
      case "deploy" -> DeploySuite.run(words);
      case "swap" -> SwapSuite.run(words);
      case "stress" -> StressSuite.run(words);
      case "--help", "-h", "help" -> help();
      default ->
          throw new UsageException(
              "There is no benchmark '" + name + "'; there are: bus, log, deploy, swap, stress");
    };
  }

  private static int help() {
    System.out.println("Benchmarks: ./sonde bench NAME [OPTION ...]\n");
    System.out.println("  bus     " + BusSuite.SUMMARY);
    System.out.println("  log     " + LogSuite.SUMMARY);
    System.out.println("  deploy  " + DeploySuite.SUMMARY);
    System.out.println("  swap    " + SwapSuite.SUMMARY);
    System.out.println("  stress  " + StressSuite.SUMMARY);
    System.out.println("\nOptions of bus:");
    System.out.print(BusSuite.OPTIONS);
    System.out.println("\nOptions of log:");
    System.out.print(LogSuite.OPTIONS);
    System.out.println("\nOptions of deploy:");
    System.out.print(DeploySuite.OPTIONS);
    System.out.println("\nOptions of swap:");
    System.out.print(SwapSuite.OPTIONS);
    System.out.println("\nOptions of stress:");
    System.out.print(StressSuite.OPTIONS);
    return 0;
  }
}
