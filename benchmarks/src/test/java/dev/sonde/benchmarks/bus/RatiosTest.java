package dev.sonde.benchmarks.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is made of the measurements.
class RatiosTest {

  private final List<Measurement> measurements = new ArrayList<>();

  private void measured(int round, Shape shape, Contenders contender, Figure figure, double value) {
    measurements.add(new Measurement(round, new Work(shape, contender), Map.of(figure, value), ""));
  }

  private void rates(int round, double sonde, double felix) {
    measured(round, Shape.ONE_TO_ONE, Contenders.SONDE, Figure.RATE, sonde);
    measured(round, Shape.ONE_TO_ONE, Contenders.FELIX_T0, Figure.RATE, felix);
  }

  private List<String> report() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    new Report(new Measurements(measurements), out).print();
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void shouldCompareWithinARoundAndTakeTheMedianOfTheRounds() {
    rates(1, 800, 100);
    rates(2, 90, 10);
    rates(3, 7_000, 1_000);

    assertThat(report()).last().isEqualTo("ratio bus.1to1.vs-felix-t0 8.00");
  }

  @Test
  void shouldCallThePeerSlowerIfItsEventsTakeLonger() {
    measured(1, Shape.LATENCY, Contenders.SONDE, Figure.P50, 20);
    measured(1, Shape.LATENCY, Contenders.FELIX_T0, Figure.P50, 50);

    assertThat(report()).last().isEqualTo("ratio bus.latency-p50.vs-felix-t0 2.50");
  }

  @Test
  void shouldLeaveOutARoundInWhichOneWasVoid() {
    rates(1, 800, 100);
    measured(2, Shape.ONE_TO_ONE, Contenders.SONDE, Figure.RATE, 1);
    measurements.add(
        new Measurement(
            2, new Work(Shape.ONE_TO_ONE, Contenders.FELIX_T0), Map.of(), "one was lost"));

    assertThat(report())
        .contains("round 2  bus.1to1.felix-t0        VOID: one was lost")
        .last()
        .isEqualTo("ratio bus.1to1.vs-felix-t0 8.00");
  }

  @Test
  void shouldSayVoidWhereNothingIsLeft() {
    measured(1, Shape.ONE_TO_ONE, Contenders.FELIX_T0, Figure.RATE, 1);
    measurements.add(
        new Measurement(1, new Work(Shape.ONE_TO_ONE, Contenders.SONDE), Map.of(), "one was lost"));

    assertThat(report()).last().isEqualTo("ratio bus.1to1.vs-felix-t0 void");
  }

  @Test
  void shouldCompareAHangingHandlerWithOneThatReturns() {
    measured(1, Shape.RETURNING, Contenders.SONDE, Figure.RATE, 100);
    measured(1, Shape.HANGING, Contenders.SONDE, Figure.RATE, 95);

    assertThat(report()).last().isEqualTo("ratio bus.hung-handler 0.950");
  }

  @Test
  void shouldFitHundredColumns() {
    for (Shape shape : Shape.values()) {
      for (int round = 1; round <= 2; round++) {
        for (Contenders contender : shape.contenders()) {
          for (Figure figure : Figure.values()) {
            if (shape.kind().shows(figure)) {
              double value = figure == Figure.RATE ? 45_678_901.0 : 12_345.6;
              measured(round, shape, contender, figure, value / (round + contender.ordinal()));
            }
          }
        }
      }
    }

    assertThat(report()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }
}
