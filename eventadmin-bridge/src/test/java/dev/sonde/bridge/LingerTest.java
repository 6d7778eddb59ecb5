package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LingerTest {

  private static final int OFTEN = 100;

  private final Linger linger = new Linger();
  private final AtomicInteger looks = new AtomicInteger();
  private final BooleanSupplier nothing =
      () -> {
        looks.incrementAndGet();
        return false;
      };

  @BeforeEach
  void awake() {
    assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
    linger.rose();
  }

  @Test
  void shouldNotLookBeforeItPays() {
    assertThat(linger.findsWork(nothing)).isFalse();
    assertThat(looks).hasValue(0);
  }

  @Test
  void shouldFindWorkAfterHavingBeenWokenShortlyAfterParking() {
    linger.parkedFor(1);

    assertThat(linger.findsWork(() -> linger.isLooking())).isTrue();
    assertThat(linger.isLooking()).isFalse();
  }

  @Test
  void shouldCeaseToLookWhenNothingComes() {
    linger.parkedFor(1);
    for (int i = 0; i < OFTEN; i++) {
      assertThat(linger.findsWork(nothing)).isFalse();
    }
    assertThat(looks.getAndSet(0)).isBetween(1, OFTEN - 1);

    linger.findsWork(nothing);
    assertThat(looks).hasValue(0);

    linger.parkedFor(1);
    linger.findsWork(nothing);
    assertThat(looks).hasPositiveValue();
  }

  @Test
  void shouldNotLookAfterALongPark() {
    linger.parkedFor(Long.MAX_VALUE);

    assertThat(linger.findsWork(nothing)).isFalse();
    assertThat(looks).hasValue(0);
  }

  @Test
  void shouldNotLookWhileOthersAreAwake() {
    linger.parkedFor(1);
    linger.rose();

    assertThat(linger.isCrowded()).isTrue();
    assertThat(linger.findsWork(nothing)).isFalse();

    linger.rests();
    assertThat(linger.isCrowded()).isFalse();
    assertThat(linger.findsWork(nothing)).isFalse();
    assertThat(looks).hasPositiveValue();
  }

  @Test
  void shouldNotLookWhenOthersWereAwakeInBetween() {
    linger.parkedFor(1);
    linger.findsWork(() -> true);
    linger.rose();
    linger.rests();
    linger.rose();
    linger.rests();

    assertThat(linger.findsWork(nothing)).isFalse();
    assertThat(looks).hasValue(0);
  }
}
