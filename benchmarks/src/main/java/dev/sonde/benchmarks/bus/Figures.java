package dev.sonde.benchmarks.bus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/// Carries the further figures of an iteration out of the forked JVM, as a profiler's results.
public final class Figures implements InternalProfiler {

  private static final List<ScalarResult> FIGURES = new ArrayList<>();

  static synchronized void put(Figure figure, double value) {
    FIGURES.add(new ScalarResult(figure.label(), value, "", AggregationPolicy.AVG));
  }

  @Override
  public String getDescription() {
    return "further figures";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    take();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return take();
  }

  private static synchronized List<ScalarResult> take() {
    List<ScalarResult> taken = List.copyOf(FIGURES);
    FIGURES.clear();
    return taken;
  }
}
