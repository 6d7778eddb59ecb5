package dev.sonde.benchmarks.stress;

import dev.sonde.benchmarks.UsageException;
import dev.sonde.benchmarks.bus.BenchmarkFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/// Runs jcstress in a process of its own, whose class path has the engine itself beside the tests.
public final class StressSuite {

  /// One line for the list of benchmarks.
  public static final String SUMMARY = "races in the engine, by jcstress";

  /// The options, as the help shows them.
  public static final String OPTIONS =
      """
        --full                 more forks and compilations, which takes much longer
        --only REGEX           only tests of which it matches a part of the name
      """;

  private static final String RESULTS = ".bin.gz";

  /// A fork that does not hear from the others for half a minute would fail, though the machine may
  /// only have been busy or suspended.
  private static final String PATIENCE = "-Djcstress.link.timeoutMs=600000";

  private final StressOptions options;
  private final Path folder = BenchmarkFiles.home().resolveSibling("stress");
  private final Path log = BenchmarkFiles.home().resolveSibling("stress.log");
  private final long begun = System.nanoTime();

  private StressSuite(StressOptions options) {
    this.options = options;
  }

  /// Runs it and prints the results.
  ///
  /// @param words the options
  /// @return the exit code
  public static int run(Iterator<String> words)
      throws UsageException, IOException, InterruptedException, ClassNotFoundException {
    return new StressSuite(StressOptions.parse(words)).run();
  }

  private int run() throws IOException, InterruptedException, ClassNotFoundException {
    Files.createDirectories(folder);
    for (Path former : results()) {
      Files.delete(former);
    }
    Process jcstress =
        new ProcessBuilder(command()).directory(folder.toFile()).redirectErrorStream(true).start();
    try (BufferedReader lines = jcstress.inputReader(StandardCharsets.UTF_8);
        PrintWriter out = new PrintWriter(log.toFile(), StandardCharsets.UTF_8)) {
      lines.lines().peek(out::println).forEach(this::tell);
    }
    int exit = jcstress.waitFor();
    List<Path> results = results();
    if (results.size() != 1) {
      System.err.printf("sonde: jcstress ended with %d and no results; see %s%n", exit, log);
      return 1;
    }
    StressReport report = StressReport.read(results.getFirst(), options.tests());
    report.print(System.out, log);
    return report.isPassed() && exit == 0 ? 0 : 1;
  }

  private List<Path> results() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(RESULTS)).toList();
    }
  }

  private List<String> command() {
    Path home = BenchmarkFiles.home();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                PATIENCE,
                "-cp",
                home.resolve("lib") + "/*:" + home.resolve("bundles/sonde") + "/*",
                "org.openjdk.jcstress.Main",
                "-t",
                options.only().pattern(),
                "-r",
                folder.resolve("report").toString(),
                "-jvmArgsPrepend",
                "--enable-native-access=ALL-UNNAMED " + PATIENCE));
    command.addAll(options.mode());
    return command;
  }

  /// Shows how far it is.
  private void tell(String line) {
    if (line.startsWith("(Results: ")) {
      Duration time = Duration.ofNanos(System.nanoTime() - begun);
      System.err.printf(
          "%2d:%02d  %s%n",
          time.toMinutes(), time.toSecondsPart(), line.substring(10).replace(")", ""));
    }
  }
}
