package dev.sonde.benchmarks.bus;

import java.util.Collection;

/// The middle of some values, and how far they spread.
///
/// @param least the least
/// @param middle the median
/// @param greatest the greatest
public record Median(double least, double middle, double greatest) {

  /// @param values at least one
  public static Median of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    double middle = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Median(sorted[0], middle, sorted[sorted.length - 1]);
  }
}
