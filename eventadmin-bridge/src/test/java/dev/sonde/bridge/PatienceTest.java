package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatienceTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /// How long each time.
  private final List<Long> waits = new ArrayList<>();

  @Test
  void shouldNotLoseTheDeadlineToOnePauseOfTheDevice() {
    // However long the first took by the clock.
    assertThat(Patience.await(SECOND, nanos -> waits.add(nanos) && waits.size() == 3)).isTrue();
    assertThat(waits).hasSize(3).containsOnly(100_000_000L);
  }

  @Test
  void shouldGiveUpWhenAllPartsHavePassed() {
    assertThat(Patience.await(SECOND, nanos -> !waits.add(nanos))).isFalse();
    assertThat(waits).hasSize(Patience.PARTS).containsOnly(100_000_000L);
  }

  @Test
  void shouldKeepAnInterrupt() {
    assertThat(
            Patience.await(
                SECOND,
                nanos -> {
                  throw new InterruptedException();
                }))
        .isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
