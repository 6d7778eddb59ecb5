package dev.sonde.benchmarks.bus;

import org.openjdk.jmh.annotations.Benchmark;

/// Events a second on 100,000 topics, each of which one of 1,000 subscribers wants.
public class ScaleBenchmark {

  /// Publishes one event on some topic, and first waits for room.
  @Benchmark
  public void publish(Scale scale) {
    scale.publish();
  }
}
