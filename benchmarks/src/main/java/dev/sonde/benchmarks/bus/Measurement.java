package dev.sonde.benchmarks.bus;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// What one fork found.
///
/// @param round the round, from 1
/// @param work what was run
/// @param figures by name, the median of the fork's iterations; empty if the run is void
/// @param fault why the run is void, or the empty string
record Measurement(int round, Work work, Map<String, Double> figures, String fault) {

  boolean isVoid() {
    return !fault.isEmpty();
  }

  OptionalDouble figure(String name) {
    Double figure = figures.get(name);
    return figure == null ? OptionalDouble.empty() : OptionalDouble.of(figure);
  }

  @Override
  public String toString() {
    if (isVoid()) {
      return work + "  VOID: " + fault;
    }
    StringBuilder text = new StringBuilder(work.toString());
    figures.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, "  %,.5g %s", value, name)));
    return text.toString();
  }
}
