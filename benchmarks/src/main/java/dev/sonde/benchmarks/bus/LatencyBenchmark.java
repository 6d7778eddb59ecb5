package dev.sonde.benchmarks.bus;

import org.openjdk.jmh.annotations.Benchmark;

/// How long it takes from publishing to the handler, at 10,000 events/s.
public class LatencyBenchmark {

  /// Waits until the next event is due, and publishes it.
  @Benchmark
  public void publish(Pacing pacing) {
    pacing.publish();
  }
}
