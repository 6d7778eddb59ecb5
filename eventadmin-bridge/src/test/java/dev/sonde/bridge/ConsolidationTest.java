package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// When one carrier runs all modules.
class ConsolidationTest {

  private static final int START = 4;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long MANY = 10 * Consolidation.LEAST_PER_SECOND;

  /// Half of what may be in flight: fewer than an inbox has room for.
  private static final int WINDOW = 256;

  private final FakeCarriers carriers = new FakeCarriers(START);
  private final Consolidation consolidation = new Consolidation(() -> Optional.of(carriers));

  private void ticks(int count, long perSecond) {
    for (int i = 0; i < count; i++) {
      consolidation.tick(perSecond, SECOND, true);
    }
  }

  private void begin() {
    ticks(Consolidation.LOOKS_BEFORE, MANY);
    assertThat(carriers.parallelism).isEqualTo(1);
    assertThat(consolidation.isOn()).isTrue();
  }

  private void assertOff() {
    assertThat(carriers.parallelism).isEqualTo(START);
    assertThat(consolidation.isOn()).isFalse();
  }

  @Test
  void shouldBeTriedWhereMuchIsDeliveredForAWhile() {
    ticks(100, Consolidation.LEAST_PER_SECOND - 1);
    ticks(Consolidation.LOOKS_BEFORE - 1, MANY);
    ticks(1, 0);
    ticks(Consolidation.LOOKS_BEFORE - 1, MANY);
    assertOff();
    ticks(1, MANY);
    assertThat(carriers.parallelism).isEqualTo(1);
  }

  @Test
  void shouldStayWhileItDeliversMore() {
    begin();
    ticks(1, 0);
    ticks(1_000, MANY + 1);
    assertThat(consolidation.isOn()).isTrue();
  }

  @Test
  void shouldBeGivenUpWhereItDeliversLessAndTriedLessAndLessOften() {
    int pause = Consolidation.SHORTEST_PAUSE;
    for (int i = 0; i < 12; i++) {
      begin();
      ticks(1 + Consolidation.LOOKS_OF_TRIAL, MANY - 1);
      assertOff();
      ticks(pause, MANY);
      assertOff();
      pause = Math.min(2 * pause, Consolidation.LONGEST_PAUSE);
    }
    assertThat(pause).isEqualTo(Consolidation.LONGEST_PAUSE);
  }

  @Test
  void shouldBeTriedAgainSoonWhereItHasProvenItself() {
    for (int i = 0; i < 12; i++) {
      begin();
      ticks(1_000, MANY + 1);
      consolidation.heldUp();
      assertOff();
      ticks(Consolidation.SHORTEST_PAUSE, MANY);
    }
    begin();
  }

  @Test
  void shouldEndWhenThereIsLittleToDeliver() {
    begin();
    ticks(1, MANY);
    ticks(1, Consolidation.LEAST_PER_SECOND - 1);
    assertOff();
    assertThat(carriers.nudges).isZero();
    begin();
  }

  @Test
  void shouldCallTheOthersBackAtOnceWhenItIsHeldUp() {
    begin();
    consolidation.heldUp();
    assertOff();
    assertThat(carriers.nudges).isEqualTo(1);
    ticks(Consolidation.SHORTEST_PAUSE + Consolidation.LOOKS_BEFORE - 1, MANY);
    assertOff();
  }

  @Test
  void shouldNotBeTriedWhileModulesHoldCarriers() {
    for (int i = 0; i < 100; i++) {
      consolidation.tick(MANY, SECOND, false);
    }
    assertOff();
  }

  @Test
  void shouldNotBeTriedAndShouldEndWhereTheOperatorForbidsIt() {
    begin();
    consolidation.allow(false);
    ticks(100, MANY);
    assertOff();
    consolidation.allow(true);
    begin();
  }

  @Test
  void shouldKeepWhatSomebodyElseChanged() {
    begin();
    carriers.parallelism = 7;
    consolidation.end();
    assertThat(carriers.parallelism).isEqualTo(7);
    assertThat(consolidation.isOn()).isFalse();
  }

  @Test
  void shouldNotBeTriedWithOneCarrierOrWithNoneThatCanBeChanged() {
    carriers.parallelism = 1;
    ticks(100, MANY);
    assertThat(consolidation.isOn()).isFalse();
    Consolidation without = new Consolidation(Optional::empty);
    for (int i = 0; i < 100; i++) {
      without.tick(MANY, SECOND, true);
    }
    assertThat(without.isOn()).isFalse();
  }

  /// Floods modules until one carrier runs them all; then one of them loops.
  @Test
  void shouldLetTheOthersGoOnWhenAModuleHoldsTheOnlyCarrier() {
    AtomicBoolean end = new AtomicBoolean();
    AtomicBoolean loops = new AtomicBoolean();
    try (Device device = new Device()) {
      AtomicLong[] heard = new AtomicLong[4];
      for (int i = 0; i < heard.length; i++) {
        AtomicLong count = new AtomicLong();
        heard[i] = count;
        device.module(
            "quick-" + i, c -> c.on(Number.class, (number, at) -> count.lazySet(number.value())));
      }
      device.module(
          "looping",
          c ->
              c.on(
                  Text.class,
                  (text, at) -> {
                    loops.set(true);
                    while (!end.get()) {
                      Thread.onSpinWait();
                    }
                  }));
      Consolidation here = device.bus.watch().consolidation();
      long number = 0;
      Deadline deadline = new Deadline();
      while (!here.isOn() && !deadline.isOver()) {
        number = flood(device, heard, number, 100_000);
      }
      assumeTrue(here.isOn(), "This machine delivers too little for one carrier to be tried");

      device.publish(new Text("loop"));
      Awaiting.until("the module loops", loops::get);
      long last = flood(device, heard, number, 100_000);
      Awaiting.until("all others have heard all", () -> hasHeard(heard, last));
      Awaiting.until("all carriers are back", () -> !here.isOn());
    } finally {
      end.set(true);
    }
  }

  private static boolean hasHeard(AtomicLong[] heard, long number) {
    for (AtomicLong count : heard) {
      if (count.get() < number) {
        return false;
      }
    }
    return true;
  }

  /// Without a pause, which would leave the modules with nothing to do.
  private static void awaitBusily(AtomicLong[] heard, long number) {
    Deadline deadline = new Deadline();
    while (!hasHeard(heard, number)) {
      if (deadline.isOver()) {
        throw new AssertionError("Not heard: " + number);
      }
      Thread.yield();
    }
  }

  private static long flood(Device device, AtomicLong[] heard, long from, int events) {
    for (long number = from + 1; number <= from + events; number++) {
      if (number % WINDOW == 0) {
        long behind = number - WINDOW;
        awaitBusily(heard, behind);
      }
      device.publish(new Number(number));
    }
    return from + events;
  }
}
