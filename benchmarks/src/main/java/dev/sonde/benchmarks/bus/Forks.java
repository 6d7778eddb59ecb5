package dev.sonde.benchmarks.bus;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ThroughputResult;
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
  /// @param log where JMH and the forks write
  Forks(boolean full, PrintStream log) {
    this.full = full;
    this.jvmOptions = new ArrayList<>(BenchmarkFiles.deviceOptions());
    jvmOptions.add("-D" + BenchmarkFiles.HOME + "=" + BenchmarkFiles.home());
    this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
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
    Shape shape = work.shape();
    boolean once = shape.kind() == Kind.IDLE;
    return new OptionsBuilder()
        .include("^" + Pattern.quote(shape.kind().benchmark().getName() + "."))
        .param("contender", work.contender().label())
        .param("shape", shape.label())
        .threads(shape.publishers())
        .forks(1)
        .jvmArgs(jvmOptions.toArray(String[]::new))
        .warmupIterations(once ? 0 : 1)
        .warmupTime(TimeValue.milliseconds(full ? 5_000 : 1_500))
        .measurementIterations(once ? 1 : full ? 5 : 3)
        .measurementTime(TimeValue.seconds(full ? 2 : 1))
        .addProfiler(Figures.class)
        .shouldFailOnError(true);
  }

  private static Map<Figure, Double> figures(Collection<RunResult> results) {
    Map<Figure, List<Double>> all = new EnumMap<>(Figure.class);
    for (RunResult run : results) {
      for (BenchmarkResult fork : run.getBenchmarkResults()) {
        fork.getIterationResults().forEach(iteration -> add(all, iteration));
      }
    }
    Map<Figure, Double> medians = new EnumMap<>(Figure.class);
    all.forEach((figure, values) -> medians.put(figure, Median.of(values).middle()));
    return medians;
  }

  private static void add(Map<Figure, List<Double>> all, IterationResult iteration) {
    Result<?> primary = iteration.getPrimaryResult();
    if (primary instanceof ThroughputResult) {
      add(all, Figure.RATE, primary.getScore());
    }
    iteration
        .getSecondaryResults()
        .forEach((label, result) -> add(all, Figure.of(label), result.getScore()));
  }

  private static void add(Map<Figure, List<Double>> all, Figure figure, double value) {
    all.computeIfAbsent(figure, same -> new ArrayList<>()).add(value);
  }

  /// The innermost cause: what the fork itself said.
  private static String faultOf(Throwable e) {
    if (e.getCause() != null) {
      return faultOf(e.getCause());
    }
    return e.getSuppressed().length > 0
        ? faultOf(e.getSuppressed()[0])
        : String.valueOf(e.getMessage());
  }
}
