package dev.sonde.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.event.input.Key;
import dev.sonde.event.input.KeyAction;
import dev.sonde.event.input.KeyEvent;
import dev.sonde.event.input.SwitchChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PinBankTest {

  private static final Wiring WIRING =
      new Wiring(PinProvider.MOCK, Map.of(Key.OK, 17, Key.BACK, 27));

  private final List<SwitchChanged> heard = new ArrayList<>();

  @Test
  void shouldTurnLevelsOfMockPinsIntoSwitchesAndKeys() {
    try (PinBank bank = PinBank.open(WIRING, heard::add)) {
      assertThat(heard).as("a pin that is pulled up is no press").isEmpty();
      bank.drive(17, false);
      bank.drive(17, false);
      bank.drive(17, true);
    }
    assertThat(heard)
        .containsExactly(
            new SwitchChanged(Key.OK, true, "gpio17"), new SwitchChanged(Key.OK, false, "gpio17"));

    List<KeyEvent> keys = new ArrayList<>();
    KeyMachine machine = new KeyMachine(Duration.ofMillis(4), Duration.ofSeconds(30), keys::add);
    long at = 0;
    for (SwitchChanged change : heard) {
      machine.change(at, change.key(), change.closed(), change.device());
      at += Duration.ofMillis(100).toNanos();
    }
    machine.advance(at);
    assertThat(keys)
        .extracting(KeyEvent::action)
        .containsExactly(KeyAction.PRESS, KeyAction.SHORT, KeyAction.RELEASE);
  }

  @Test
  void shouldListPinsAndTheirProvider() {
    try (PinBank bank = PinBank.open(WIRING, heard::add)) {
      bank.drive(27, false);

      assertThat(bank.levels())
          .containsExactly(
              new PinBank.Level(Key.OK, 17, true), new PinBank.Level(Key.BACK, 27, false));
      assertThat(bank.providers()).singleElement().asString().containsIgnoringCase("mock");
    }
  }

  @Test
  void shouldSayWhichPinIsNoKey() {
    try (PinBank bank = PinBank.open(WIRING, heard::add)) {
      assertThatThrownBy(() -> bank.drive(5, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Pin 5 is no key's");
    }
  }

  @Test
  void shouldLeaveTheClassLoaderOfTheThreadAsItWas() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    ClassLoader own = new ClassLoader(before) {};
    Thread.currentThread().setContextClassLoader(own);
    try (PinBank bank = PinBank.open(WIRING, heard::add)) {
      assertThat(bank.levels()).hasSize(2);
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(own);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void shouldOpenAgainAndLeaveNoThreadBehind() throws InterruptedException {
    Set<Thread> before = liveThreads();
    for (int i = 0; i < 20; i++) {
      PinBank.open(WIRING, heard::add).close();
    }
    // They are told to end, and need a processor for that.
    for (Thread thread : liveThreads()) {
      assertThat(before.contains(thread) || thread.join(Duration.ofSeconds(20)))
          .as("%s", thread)
          .isTrue();
    }
  }

  private static Set<Thread> liveThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains("Pi4J"))
        .collect(Collectors.toSet());
  }
}
