package dev.sonde.benchmarks.bus;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Tables for people, closing lines for programs.
final class Report {

  private static final MathContext SIGNIFICANT = new MathContext(3);

  private final Measurements measurements;
  private final PrintStream out;

  Report(Measurements measurements, PrintStream out) {
    this.measurements = measurements;
    this.out = out;
  }

  void print() {
    Arrays.stream(Shape.values()).forEach(this::printTable);
    measurements.voids().forEach(one -> out.println("round " + one.round() + "  " + one));
    Ratios.of(measurements)
        .forEach(
            (name, median) ->
                out.println(
                    "ratio "
                        + name
                        + " "
                        + median.map(value -> significant(value.middle())).orElse("void")));
  }

  private void printTable(Shape shape) {
    Table table = new Table(heads(shape.kind()));
    for (Contenders contender : Contenders.values()) {
      Work work = new Work(shape, contender);
      if (!measurements.of(work).isEmpty()) {
        table.add(row(work));
      }
    }
    if (!table.isEmpty()) {
      out.println(shape.label() + ": " + shape.title() + "\n");
      table.print(out);
      out.println();
    }
  }

  private static List<String> heads(Kind kind) {
    List<String> heads = new ArrayList<>(List.of("contender", kind.figure().label(), "min – max"));
    kind.more().forEach(figure -> heads.add(figure.label()));
    if (kind != Kind.IDLE) {
      heads.addAll(List.of("Sonde ×", "min – max"));
    }
    return heads;
  }

  private List<String> row(Work work) {
    Kind kind = work.shape().kind();
    Figure figure = kind.figure();
    Optional<Median> value = measurements.median(work, figure);
    List<String> row = new ArrayList<>(List.of(work.contender().label()));
    row.add(value.map(median -> figure.format(median.middle())).orElse("void"));
    row.add(spread(value, figure::format));
    for (Figure other : kind.more()) {
      row.add(measurements.median(work, other).map(m -> other.format(m.middle())).orElse(""));
    }
    if (kind != Kind.IDLE) {
      Optional<Median> ratio = ratio(work, figure);
      row.add(ratio.map(median -> significant(median.middle())).orElse(""));
      row.add(spread(ratio, Report::significant));
    }
    return row;
  }

  private Optional<Median> ratio(Work work, Figure figure) {
    return work.contender() == work.shape().ours()
        ? Optional.empty()
        : measurements.ratio(new Work(work.shape(), work.shape().ours()), work, figure);
  }

  private static String spread(Optional<Median> median, Function<Double, String> format) {
    return median
        .map(value -> format.apply(value.least()) + " – " + format.apply(value.greatest()))
        .orElse("");
  }

  private static String significant(double value) {
    BigDecimal rounded = new BigDecimal(value).round(SIGNIFICANT);
    int integers = rounded.precision() - rounded.scale();
    return rounded.setScale(Math.max(0, SIGNIFICANT.getPrecision() - integers)).toPlainString();
  }
}
