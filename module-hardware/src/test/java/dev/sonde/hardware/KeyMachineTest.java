package dev.sonde.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.input.Key;
import dev.sonde.event.input.KeyEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class KeyMachineTest {

  private final List<String> heard = new ArrayList<>();
  private long nowMillis;
  private final KeyMachine machine =
      new KeyMachine(Duration.ofMillis(4), Duration.ofSeconds(30), this::hear);

  @Test
  void shouldMakeAShortPressOfATap() {
    closeAt(0, Key.OK);
    openAt(80, Key.OK);
    runTo(1_000);

    assertThat(heard).containsExactly("4 OK PRESS 1", "84 OK SHORT 1", "84 OK RELEASE 1");
  }

  @Test
  void shouldRepeatEvery150MillisecondsAfterTheLongPress() {
    closeAt(0, Key.DOWN);
    openAt(700, Key.DOWN);
    runTo(2_000);

    assertThat(heard)
        .containsExactly(
            "4 DOWN PRESS 1",
            "304 DOWN LONG 1",
            "454 DOWN REPEAT 1",
            "604 DOWN REPEAT 1",
            "704 DOWN RELEASE 1");
  }

  @Test
  void shouldCallAPressShortUpToTheLastMillisecond() {
    closeAt(0, Key.OK);
    openAt(299, Key.OK);
    closeAt(1_000, Key.OK);
    openAt(1_301, Key.OK);
    runTo(2_000);

    assertThat(heard)
        .containsExactly(
            "4 OK PRESS 1",
            "303 OK SHORT 1",
            "303 OK RELEASE 1",
            "1004 OK PRESS 2",
            "1304 OK LONG 2",
            "1305 OK RELEASE 2");
  }

  @Test
  void shouldTakeBouncesAtBothEndsForOnePress() {
    closeAt(0, Key.OK);
    openAt(1, Key.OK);
    closeAt(2, Key.OK);
    openAt(5, Key.OK);
    closeAt(7, Key.OK);
    openAt(100, Key.OK);
    closeAt(101, Key.OK);
    openAt(103, Key.OK);
    runTo(1_000);

    assertThat(heard).containsExactly("11 OK PRESS 1", "107 OK SHORT 1", "107 OK RELEASE 1");
  }

  @Test
  void shouldIgnoreASpikeThatIsShorterThanTheDebounceTime() {
    closeAt(0, Key.LEFT);
    openAt(3, Key.LEFT);
    runTo(1_000);

    assertThat(heard).isEmpty();
    assertThat(machine.due()).isEqualTo(KeyMachine.NEVER);
  }

  @Test
  void shouldNumberTwoPressesOfADoublePress() {
    closeAt(0, Key.OK);
    openAt(60, Key.OK);
    closeAt(120, Key.OK);
    openAt(180, Key.OK);
    runTo(1_000);

    assertThat(heard)
        .containsExactly(
            "4 OK PRESS 1",
            "64 OK SHORT 1",
            "64 OK RELEASE 1",
            "124 OK PRESS 2",
            "184 OK SHORT 2",
            "184 OK RELEASE 2");
  }

  @Test
  void shouldKeepTwoKeysAtOnceApart() {
    closeAt(0, Key.UP);
    closeAt(100, Key.BACK);
    openAt(350, Key.UP);
    openAt(380, Key.BACK);
    runTo(1_000);

    assertThat(heard)
        .containsExactly(
            "4 UP PRESS 1",
            "104 BACK PRESS 2",
            "304 UP LONG 1",
            "354 UP RELEASE 1",
            "384 BACK SHORT 2",
            "384 BACK RELEASE 2");
  }

  @Test
  void shouldHoldAKeyWhileAnyDeviceHoldsIt() {
    change(0, Key.OK, true, "gpio13");
    change(100, Key.OK, true, "browser");
    change(200, Key.OK, false, "gpio13");
    change(250, Key.OK, false, "browser");
    runTo(1_000);

    assertThat(heard).containsExactly("4 OK PRESS 1", "254 OK SHORT 1", "254 OK RELEASE 1");
  }

  @Test
  void shouldIgnoreWhatADeviceRepeats() {
    closeAt(0, Key.OK);
    closeAt(2, Key.OK);
    closeAt(50, Key.OK);
    openAt(80, Key.OK);
    openAt(82, Key.OK);
    openAt(500, Key.OK);
    runTo(1_000);

    assertThat(heard).containsExactly("4 OK PRESS 1", "84 OK SHORT 1", "84 OK RELEASE 1");
  }

  @Test
  void shouldIgnoreAReleaseWithoutAPress() {
    openAt(0, Key.OK);
    runTo(1_000);

    assertThat(heard).isEmpty();
  }

  @Test
  void shouldMakeUpAReleaseThatWasLost() {
    closeAt(0, Key.OK);
    runTo(40_000);

    assertThat(heard).startsWith("4 OK PRESS 1", "304 OK LONG 1").endsWith("30004 OK RELEASE 1");
    assertThat(machine.due()).isEqualTo(KeyMachine.NEVER);

    heard.clear();
    openAt(50_000, Key.OK);
    closeAt(60_000, Key.OK);
    openAt(60_050, Key.OK);
    runTo(70_000);
    assertThat(heard).containsExactly("60004 OK PRESS 2", "60054 OK SHORT 2", "60054 OK RELEASE 2");
  }

  @Test
  void shouldReleaseWithoutShortWhenEventsWereLost() {
    closeAt(0, Key.OK);
    closeAt(0, Key.UP);
    runTo(50);
    machine.releaseAll();
    runTo(1_000);

    assertThat(heard)
        .containsExactly("4 UP PRESS 1", "4 OK PRESS 2", "50 UP RELEASE 1", "50 OK RELEASE 2");
  }

  @Test
  void shouldRepeatOnceWhenCalledLate() {
    closeAt(0, Key.OK);
    nowMillis = 1_000;
    machine.advance(nanos(1_000));

    assertThat(heard).containsExactly("1000 OK PRESS 1", "1000 OK LONG 1", "1000 OK REPEAT 1");
    heard.clear();
    runTo(1_100);
    assertThat(heard).containsExactly("1054 OK REPEAT 1");
  }

  @Test
  void shouldMakeAPressOfATapThatArrivesLate() {
    closeAt(0, Key.OK);
    nowMillis = 200;
    machine.advance(nanos(200));
    change(80, Key.OK, false, "test");
    runTo(1_000);

    assertThat(heard).containsExactly("200 OK PRESS 1", "204 OK SHORT 1", "204 OK RELEASE 1");
  }

  @Test
  void shouldPressAtOnceWithoutDebouncing() {
    machine.timings(Duration.ZERO, Duration.ofSeconds(30));
    closeAt(10, Key.OK);
    assertThat(heard).containsExactly("10 OK PRESS 1");
    openAt(11, Key.OK);
    assertThat(heard).endsWith("11 OK SHORT 1", "11 OK RELEASE 1");
  }

  @Test
  void shouldTellHowTheKeysAre() {
    closeAt(0, Key.RIGHT);
    runTo(10);

    assertThat(machine.status())
        .contains(new KeyMachine.KeyStatus(Key.RIGHT, true, List.of("test"), 1))
        .contains(new KeyMachine.KeyStatus(Key.UP, false, List.of(), 0))
        .hasSize(Key.values().length);
  }

  @Test
  void shouldRememberOnlySomeOfManyDevices() {
    for (int i = 0; i < 1_000; i++) {
      change(0, Key.OK, true, "device" + i);
    }
    assertThat(machine.status().get(Key.OK.ordinal()).heldBy()).hasSize(16);
    for (int i = 0; i < 1_000; i++) {
      change(50, Key.OK, false, "device" + i);
    }
    runTo(1_000);
    assertThat(heard).endsWith("54 OK RELEASE 1");
  }

  /// Whatever happens at the contacts, each key's events are a row of whole presses.
  @Test
  void shouldKeepTheGrammarUnderNoise() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      Key key = Key.values()[random.nextInt(Key.values().length)];
      boolean often = random.nextInt(10) > 0;
      change(
          nowMillis + random.nextInt(often ? 8 : 900),
          key,
          random.nextBoolean(),
          "device" + random.nextInt(2));
    }
    machine.releaseAll();

    assertThat(heard.size()).isGreaterThan(1_000);
    for (Key key : Key.values()) {
      String story = String.join(" ", heard.stream().filter(of(key)).map(this::action).toList());
      assertThat(story).matches("(PRESS (SHORT |LONG (REPEAT )*)?RELEASE ?)*");
    }
  }

  private static Predicate<String> of(Key key) {
    return event -> event.split(" ")[1].equals(key.name());
  }

  private String action(String event) {
    return event.split(" ")[2];
  }

  private void hear(KeyEvent event) {
    heard.add(nowMillis + " " + event.key() + " " + event.action() + " " + event.press());
  }

  private void closeAt(long millis, Key key) {
    change(millis, key, true, "test");
  }

  private void openAt(long millis, Key key) {
    change(millis, key, false, "test");
  }

  private void change(long millis, Key key, boolean closed, String device) {
    runTo(millis);
    machine.change(nanos(millis), key, closed, device);
  }

  /// Wakes the machine exactly when it asks for it.
  private void runTo(long millis) {
    while (machine.due() <= nanos(millis)) {
      nowMillis = Math.max(nowMillis, machine.due() / 1_000_000);
      machine.advance(machine.due());
    }
    nowMillis = Math.max(nowMillis, millis);
  }

  private static long nanos(long millis) {
    return millis * 1_000_000;
  }
}
