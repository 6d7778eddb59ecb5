package dev.sonde.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RateHistoryTest {

  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  private final RateHistory history = new RateHistory();

  @Test
  void shouldKeepASteadyRateThoughFiguresComeAtOddMoments() {
    Instant last = START;
    for (int i = 1; i <= 20; i++) {
      Instant at = START.plusMillis((1000L * i) + (i * 37 % 90));
      history.add(Duration.between(last, at).toMillis() / 10, last, at);
      last = at;
      assertThat(history.rate(at)).isCloseTo(100, within(2L));
    }
    double[] seconds = history.until(last);
    assertThat(Arrays.stream(seconds, 50, 62).boxed().toList())
        .allSatisfy(near -> assertThat(near).isBetween(97.0, 103.0));
  }

  @Test
  void shouldFallToZeroWhenNothingComes() {
    history.add(500, START, START.plusSeconds(1));

    assertThat(history.rate(START.plusSeconds(1))).isEqualTo(500);
    assertThat(history.rate(START.plusMillis(2_900))).isEqualTo(500);
    assertThat(history.rate(START.plusSeconds(3))).isZero();
    assertThat(history.isMoving(START.plusSeconds(10))).isTrue();
    assertThat(history.isMoving(START.plusSeconds(100))).isFalse();
  }

  @Test
  void shouldLoseNoPacketBetweenTheSeconds() {
    history.add(1_000, START.plusMillis(700), START.plusMillis(2_400));

    assertThat(Arrays.stream(history.until(START.plusSeconds(2))).sum())
        .isCloseTo(1_000, within(1e-6));
  }

  @Test
  void shouldTakeABurstWithoutDurationAsOneSecond() {
    history.add(300, START.plusMillis(500), START.plusMillis(500));

    assertThat(history.rate(START.plusMillis(500))).isEqualTo(300);
  }

  @Test
  void shouldForgetAfterAMinute() {
    history.add(10, START, START.plusSeconds(1));
    history.add(20, START.plusSeconds(199), START.plusSeconds(200));

    assertThat(Arrays.stream(history.until(START.plusSeconds(200))).sum())
        .isCloseTo(20, within(1e-6));
  }

  @Test
  void shouldGoOnWhenTheClockIsSetBack() {
    history.add(10, START, START.plusSeconds(1));
    Instant earlier = START.minus(Duration.ofDays(365));
    history.add(40, earlier, earlier.plusSeconds(1));

    assertThat(history.rate(earlier.plusSeconds(1))).isEqualTo(40);
    assertThat(history.isMoving(earlier.plusSeconds(1))).isTrue();
  }

  @Test
  void shouldShowNothingBeforeTheFirstPacket() {
    assertThat(history.rate(START)).isZero();
    assertThat(history.isMoving(START)).isFalse();
  }
}
