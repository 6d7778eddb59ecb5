package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When carriers are added, and when they go.
class CarrierReliefTest {

  private static final int START = 4;

  private final FakeCarriers carriers = new FakeCarriers(START);
  private final CarrierRelief relief = new CarrierRelief(() -> Optional.of(carriers));

  private void ticks(int count, int held, boolean starved) {
    for (int i = 0; i < count; i++) {
      relief.tick(held, starved);
    }
  }

  @Test
  void shouldAddNothingWhileVirtualThreadsGetToRun() {
    ticks(100, START, false);
    assertThat(carriers.parallelism).isEqualTo(START);
    assertThat(carriers.nudges).isZero();
    assertThat(relief.isActive()).isFalse();
  }

  @Test
  void shouldAddACarrierForEachThatIsHeldOnceNoneIsLeft() {
    relief.tick(3, true);
    assertThat(carriers.parallelism).isEqualTo(START + 3);
    assertThat(carriers.nudges).isEqualTo(1);
    relief.tick(5, true);
    assertThat(carriers.parallelism).isEqualTo(START + 5);
    assertThat(relief.isActive()).isTrue();
  }

  @Test
  void shouldAskForThemAgainUntilTheyHaveCome() {
    ticks(3, 2, true);
    assertThat(carriers.nudges).isEqualTo(3);
    assertThat(carriers.parallelism).isEqualTo(START + 2);
  }

  @Test
  void shouldAddOneAfterTheOtherWhereNobodyIsFoundWhoHoldsThem() {
    ticks(CarrierRelief.PATIENCE - 1, 0, true);
    assertThat(carriers.parallelism).isEqualTo(START);
    relief.tick(0, true);
    assertThat(carriers.parallelism).isEqualTo(START + 1);
    ticks(CarrierRelief.PATIENCE, 0, true);
    assertThat(carriers.parallelism).isEqualTo(START + 2);
  }

  @Test
  void shouldTakeThemAwayAfterAWhileWhenTheirHoldersGoOn() {
    relief.tick(3, true);
    ticks(CarrierRelief.CALM - 1, 1, false);
    assertThat(carriers.parallelism).as("too early").isEqualTo(START + 3);
    relief.tick(1, false);
    assertThat(carriers.parallelism).isEqualTo(START + 1);
    ticks(CarrierRelief.CALM, 0, false);
    assertThat(carriers.parallelism).isEqualTo(START);
    assertThat(relief.isActive()).isFalse();
  }

  @Test
  void shouldKeepTheCarrierOfAModuleThatSoonLoopsAgain() {
    relief.tick(1, true);
    for (int i = 0; i < 100; i++) {
      ticks(CarrierRelief.CALM - 1, 0, false);
      relief.tick(1, false);
    }
    assertThat(carriers.parallelism).isEqualTo(START + 1);
  }

  @Test
  void shouldKeepWhatUnknownHoldersNeedUntilOneCarrierMoreIsFree() {
    ticks(CarrierRelief.PATIENCE, 0, true);
    carriers.active = START;
    ticks(10 * CarrierRelief.CALM, 0, false);
    assertThat(carriers.parallelism).as("one is free, and needed").isEqualTo(START + 1);
    carriers.active = START - 1;
    ticks(CarrierRelief.CALM, 0, false);
    assertThat(carriers.parallelism).isEqualTo(START);
  }

  @Test
  void shouldAddNoMoreThanItsBoundAndGiveAllOfThemBack() {
    ticks(3, 100_000, true);
    ticks(100 * CarrierRelief.PATIENCE, 100_000, true);
    assertThat(carriers.parallelism).isEqualTo(START + CarrierRelief.MOST);
    ticks(1_000 * CarrierRelief.CALM, 0, false);
    assertThat(carriers.parallelism).isEqualTo(START);
  }

  @Test
  void shouldNotGoBelowWhereItBeganWhenSomebodyElseLoweredIt() {
    relief.tick(3, true);
    carriers.parallelism = START + 1;
    relief.end();
    assertThat(carriers.parallelism).isEqualTo(START);
    assertThat(relief.isActive()).isFalse();
  }

  @Test
  void shouldKeepWhatSomebodyElseAdded() {
    relief.tick(3, true);
    carriers.parallelism += 7;
    relief.end();
    assertThat(carriers.parallelism).isEqualTo(START + 7);
  }

  @Test
  void shouldAskOnlyOnceForCarriersThatCanNotBeChanged() {
    int[] asked = new int[1];
    CarrierRelief without =
        new CarrierRelief(
            () -> {
              asked[0]++;
              return Optional.empty();
            });
    for (int i = 0; i < 100; i++) {
      without.tick(2, true);
    }
    without.end();
    assertThat(asked[0]).isEqualTo(1);
    assertThat(without.isActive()).isFalse();
  }
}
