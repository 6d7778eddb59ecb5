package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NanosTest {

  @Test
  void shouldTakeForEverForALongTimeAndNothingForLessThanNothing() {
    long forEver = Nanos.of(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(Duration.ofNanos(forEver)).isGreaterThan(Duration.ofDays(365 * 100));
    assertThat(forEver + forEver).isPositive();
    assertThat(Nanos.of(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
    assertThat(Nanos.of(Duration.ofNanos(-1))).isZero();
    assertThat(Nanos.of(Duration.ofMillis(3))).isEqualTo(3_000_000);
  }
}
