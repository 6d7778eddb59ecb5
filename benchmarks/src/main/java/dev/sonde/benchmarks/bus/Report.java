package dev.sonde.benchmarks.bus;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// Tables for people, closing lines for programs.
final class Report {

  private final List<Measurement> measurements;

  Report(List<Measurement> measurements) {
    this.measurements = List.copyOf(measurements);
  }

  /// Whether no run was void.
  boolean isSound() {
    return measurements.stream().noneMatch(Measurement::isVoid);
  }

  void print(PrintStream out) {
    for (Shape shape : Shape.values()) {
      if (!of(shape).isEmpty()) {
        table(shape).print(out);
        out.println();
      }
    }
    for (Shape shape : Shape.values()) {
      for (Contenders peer : Contenders.values()) {
        ratio(shape, peer, Figures.RATE)
            .ifPresent(
                median ->
                    out.printf(
                        "ratio bus.%s.vs-%s %s%n",
                        shape.label(), peer.label(), significant(median.middle())));
      }
    }
  }

  private Table table(Shape shape) {
    Table table =
        new Table(shape.label(), "events/s", "min – max", "bytes/event", "sonde is ×", "min – max");
    for (Contenders contender : Contenders.values()) {
      Work work = new Work(shape, contender);
      Optional<Median> rate = median(work, Figures.RATE);
      Optional<Median> bytes = median(work, Figures.BYTES);
      Optional<Median> ratio = ratio(shape, contender, Figures.RATE);
      if (of(work).isEmpty()) {
        continue;
      }
      table.row(
          contender.label(),
          rate.map(m -> String.format(Locale.ROOT, "%,.0f", m.middle())).orElse("void"),
          rate.map(m -> String.format(Locale.ROOT, "%,.0f – %,.0f", m.least(), m.greatest()))
              .orElse(""),
          bytes.map(m -> String.format(Locale.ROOT, "%,.0f", m.middle())).orElse(""),
          ratio.map(m -> significant(m.middle())).orElse(""),
          ratio.map(m -> significant(m.least()) + " – " + significant(m.greatest())).orElse(""));
    }
    return table;
  }

  private List<Measurement> of(Shape shape) {
    return measurements.stream().filter(m -> m.work().shape() == shape).toList();
  }

  private List<Measurement> of(Work work) {
    return measurements.stream().filter(m -> m.work().equals(work)).toList();
  }

  private Optional<Median> median(Work work, String figure) {
    return medianOf(of(work).stream().flatMap(m -> m.figure(figure).stream().boxed()).toList());
  }

  private static Optional<Median> medianOf(List<Double> values) {
    return values.isEmpty() ? Optional.empty() : Optional.of(Median.of(values));
  }

  private Optional<Median> ratio(Shape shape, Contenders peer, String figure) {
    List<Double> ratios = new ArrayList<>();
    for (Measurement theirs : of(new Work(shape, peer))) {
      for (Measurement ours : of(new Work(shape, Contenders.SONDE))) {
        OptionalDouble our = ours.figure(figure);
        OptionalDouble their = theirs.figure(figure);
        if (peer != Contenders.SONDE
            && ours.round() == theirs.round()
            && our.isPresent()
            && their.isPresent()) {
          ratios.add(our.getAsDouble() / their.getAsDouble());
        }
      }
    }
    return medianOf(ratios);
  }

  private static String significant(double value) {
    return new BigDecimal(value).round(new MathContext(3)).toPlainString();
  }

  void write(Path file) throws IOException {
    Files.writeString(file, measurements.toString());
  }
}
