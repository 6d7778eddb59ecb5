package dev.sonde.benchmarks.bus;

import java.util.Map;
import java.util.stream.Collectors;

/// What one fork found.
///
/// @param round the round, from 1
/// @param work what was run
/// @param figures the medians of the fork's iterations; empty if the run is void
/// @param fault why the run is void, or the empty string
record Measurement(int round, Work work, Map<Figure, Double> figures, String fault) {

  boolean isVoid() {
    return !fault.isEmpty();
  }

  @Override
  public String toString() {
    String found =
        figures.entrySet().stream()
            .filter(entry -> work.shape().kind().shows(entry.getKey()))
            .map(entry -> entry.getKey().format(entry.getValue()) + " " + entry.getKey().label())
            .collect(Collectors.joining(", "));
    return "%-24s %s".formatted(work, isVoid() ? "VOID: " + fault : found);
  }
}
