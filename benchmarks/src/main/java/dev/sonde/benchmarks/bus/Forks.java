package dev.sonde.benchmarks.bus;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs one work after the other, each in a fresh JVM with the options of the device.
final class Forks {

  private final boolean full;
  private final List<String> jvmOptions;
  private final OutputFormat log;

  /// @param full whether there is time
  Forks(boolean full) throws IOException {
    this.full = full;
    this.jvmOptions = new ArrayList<>(BenchmarkFiles.deviceOptions());
    jvmOptions.add("-D" + BenchmarkFiles.HOME + "=" + BenchmarkFiles.home());
    this.log =
        OutputFormatFactory.createFormatInstance(
            new PrintStream(BenchmarkFiles.log().toFile(), StandardCharsets.UTF_8),
            VerboseMode.NORMAL);
  }

  Measurement run(int round, Work work) {
    try {
      return new Measurement(
          round, work, figures(new Runner(options(work).build(), log).run()), "");
    } catch (RunnerException e) {
      return new Measurement(round, work, Map.of(), faultOf(e));
    }
  }

  private ChainedOptionsBuilder options(Work work) {
    return new OptionsBuilder()
        .include(PublishBenchmark.class.getName() + "\\.publish$")
        .param("contender", work.contender().label())
        .param("shape", work.shape().label())
        .threads(work.shape().publishers())
        .forks(1)
        .jvmArgs(jvmOptions.toArray(String[]::new))
        .warmupIterations(1)
        .warmupTime(TimeValue.seconds(full ? 3 : 1))
        .measurementIterations(full ? 5 : 3)
        .measurementTime(TimeValue.seconds(full ? 2 : 1))
        .addProfiler(Figures.class)
        .shouldFailOnError(true);
  }

  private static Map<String, Double> figures(Collection<RunResult> results) {
    Map<String, List<Double>> all = new LinkedHashMap<>();
    for (RunResult run : results) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          add(all, Figures.RATE, iteration.getPrimaryResult().getScore());
          iteration
              .getSecondaryResults()
              .forEach((name, result) -> add(all, name, result.getScore()));
        }
      }
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    all.forEach((name, values) -> medians.put(name, Median.of(values).middle()));
    return medians;
  }

  private static void add(Map<String, List<Double>> all, String name, double value) {
    all.computeIfAbsent(name, same -> new ArrayList<>()).add(value);
  }

  private static String faultOf(RunnerException e) {

    return String.valueOf(e.getMessage());
  }
}
