package dev.sonde.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentFailuresTest {

  private static final Duration WINDOW = Duration.ofNanos(10);

  private final RecentFailures failures = new RecentFailures();

  @Test
  void shouldCountThoseWithinTheWindow() {
    assertThat(failures.add(1, WINDOW)).isOne();
    assertThat(failures.add(6, WINDOW)).isEqualTo(2);
    assertThat(failures.add(11, WINDOW)).isEqualTo(3);
    assertThat(failures.add(12, WINDOW)).isEqualTo(3);
    assertThat(failures.add(100, WINDOW)).isOne();
  }

  @Test
  void shouldCountAcrossTheOverflowOfTheClock() {
    assertThat(failures.add(Long.MAX_VALUE - 2, WINDOW)).isOne();
    assertThat(failures.add(Long.MIN_VALUE + 2, WINDOW)).isEqualTo(2);
  }

  @Test
  void shouldBeginAnew() {
    failures.add(1, WINDOW);

    failures.clear();

    assertThat(failures.add(2, WINDOW)).isOne();
  }
}
