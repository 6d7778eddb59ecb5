package dev.sonde.benchmarks.bus;

import org.openjdk.jmh.annotations.Benchmark;

/// Published events a second.
public class PublishBenchmark {

  /// Publishes one event, and first waits for room.
  @Benchmark
  public void publish(Publishing publishing) {
    publishing.publish();
  }
}
