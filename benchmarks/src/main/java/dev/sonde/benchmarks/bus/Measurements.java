package dev.sonde.benchmarks.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What all forks found.
///
/// @param all in the order in which they ran
record Measurements(List<Measurement> all) {

  Measurements {
    all = List.copyOf(all);
  }

  List<Measurement> of(Work work) {
    return all.stream().filter(one -> one.work().equals(work)).toList();
  }

  List<Measurement> voids() {
    return all.stream().filter(Measurement::isVoid).toList();
  }

  /// Over the rounds; nothing if no round found the figure.
  Optional<Median> median(Work work, Figure figure) {
    return medianOf(
        of(work).stream()
            .filter(one -> one.figures().containsKey(figure))
            .map(one -> one.figures().get(figure))
            .toList());
  }

  /// How many times better ours is than theirs: for each round the ratio, then the median.
  Optional<Median> ratio(Work ours, Work theirs, Figure figure) {
    List<Double> ratios = new ArrayList<>();
    for (Measurement our : of(ours)) {
      for (Measurement their : of(theirs)) {
        Double one = our.figures().get(figure);
        Double other = their.figures().get(figure);
        if (our.round() == their.round() && one != null && other != null) {
          ratios.add(figure.ratio(one, other));
        }
      }
    }
    return medianOf(ratios);
  }

  private static Optional<Median> medianOf(List<Double> values) {
    return values.isEmpty() ? Optional.empty() : Optional.of(Median.of(values));
  }
}
