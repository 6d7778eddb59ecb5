package dev.sonde.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bus.Source;
import dev.sonde.event.input.Key;
import dev.sonde.event.input.KeyAction;
import dev.sonde.event.input.KeyEvent;
import dev.sonde.event.input.SwitchChanged;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HardwareModuleTest {

  private final FakeContext context = new FakeContext(config(PinProvider.MOCK, "OK:17"));
  private final HardwareModule module = new HardwareModule(context::nanoTime);
  private final HardwareCommands commands = new HardwareCommands(module);
  private final ExecutorService shell = Executors.newSingleThreadExecutor();

  @BeforeEach
  void start() {
    module.start(context);
  }

  @AfterEach
  void endShell() {
    shell.shutdownNow();
  }

  @Test
  void shouldTapAKeyOfTheSimulator() throws Exception {
    assertThat(command(() -> commands.press("ok"))).isEqualTo("OK goes down for 80 ms: a tap");
    context.pass(Duration.ofSeconds(1));

    assertThat(context.published)
        .containsExactly(
            new SwitchChanged(Key.OK, true, "simulator"),
            new KeyEvent(Key.OK, KeyAction.PRESS, 1),
            new SwitchChanged(Key.OK, false, "simulator"),
            new KeyEvent(Key.OK, KeyAction.SHORT, 1),
            new KeyEvent(Key.OK, KeyAction.RELEASE, 1));
  }

  @Test
  void shouldHoldAKeyOfTheSimulatorLong() throws Exception {
    command(() -> commands.press("DOWN", "--long"));
    context.pass(Duration.ofSeconds(2));

    assertThat(actions())
        .containsExactly(KeyAction.PRESS, KeyAction.LONG, KeyAction.REPEAT, KeyAction.RELEASE);
  }

  @Test
  void shouldRefuseToPressWhatTheSimulatorHolds() throws Exception {
    command(() -> commands.press("OK", "--hold", "1000"));
    assertThatThrownBy(() -> command(() -> commands.press("OK")))
        .hasStackTraceContaining("The simulator still holds OK down");
  }

  @Test
  void shouldSetNoTimerWhileAllKeysRest() throws Exception {
    assertThat(context.pendingTimers()).isZero();
    command(() -> commands.press("OK"));
    assertThat(context.pendingTimers()).isPositive();
    context.pass(Duration.ofSeconds(1));
    assertThat(context.pendingTimers()).isZero();
  }

  @Test
  void shouldTellThePressesSoFar() throws Exception {
    command(() -> commands.press("LEFT"));
    context.pass(Duration.ofSeconds(1));
    command(() -> commands.press("LEFT"));
    context.pass(Duration.ofMillis(20));

    assertThat(command(commands::keys))
        .contains("LEFT   down         2  simulator")
        .contains("RIGHT  up           0");
  }

  @Test
  void shouldNotPrintWhatSteersTheTerminal() throws Exception {
    context.publish(new SwitchChanged(Key.UP, true, "evil\u001b[2J"));

    assertThat(command(commands::keys)).contains("evil?[2J").doesNotContain("\u001b");
  }

  @Test
  void shouldReleaseEverythingWhenItStops() throws Exception {
    command(() -> commands.press("OK", "--hold", "5000"));
    context.pass(Duration.ofSeconds(1));
    module.stop();

    assertThat(actions()).endsWith(KeyAction.RELEASE);
    assertThat(context.pendingTimers()).as("the simulator's own").isEqualTo(1);
    assertThatThrownBy(commands::keys).hasMessageContaining("is not running");
  }

  @Test
  void shouldReleaseEverythingWhenEventsWereLost() throws Exception {
    command(() -> commands.press("OK", "--hold", "5000"));
    context.pass(Duration.ofSeconds(1));
    context.subscriptions.getFirst().lagListener().accept(3);

    assertThat(actions()).endsWith(KeyAction.RELEASE);
  }

  @Test
  void shouldMakeKeysOfMockPins() throws Exception {
    Future<?> fork = shell.submit(() -> run(context.fork()));
    awaitPins("OK");
    commands.pins("17", "low");
    context.pass(Duration.ofMillis(100));
    assertThat(commands.pins()).contains(" 17  OK     low    down");
    commands.pins("17", "high");
    context.pass(Duration.ofSeconds(1));

    assertThat(actions()).containsExactly(KeyAction.PRESS, KeyAction.SHORT, KeyAction.RELEASE);
    assertThat(commands.pins())
        .containsIgnoringCase("Provider: mock (Pi4J mock")
        .contains(" 17  OK     high   up");
    context.fork().cancel();
    fork.get(20, TimeUnit.SECONDS);
    assertThatThrownBy(() -> commands.pins("17", "low")).hasMessageContaining("No pins are open");
  }

  @Test
  void shouldRewireWhenTheConfigurationChanges() throws Exception {
    Future<?> fork = shell.submit(() -> run(context.fork()));
    awaitPins("OK");
    context.reconfigure(config(PinProvider.MOCK, "UP:5"));
    awaitPins("UP");
    assertThat(commands.pins()).contains("  5  UP     high   up").doesNotContain("OK");

    context.reconfigure(config(PinProvider.MOCK, "UP:99"));
    assertThat(commands.pins())
        .contains("Problem: conf/hardware.cfg, keys: 'UP:99'")
        .contains("  5  UP     high   up");

    context.fork().cancel();
    fork.get(20, TimeUnit.SECONDS);
  }

  private static void run(Source source) {
    try {
      source.run();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// Waits until the pins are open; the class's time-out is the deadline.
  private void awaitPins(String key) {
    while (module.pins().report().levels().stream()
        .noneMatch(level -> level.key().name().equals(key))) {
      Thread.onSpinWait();
    }
  }

  /// Runs a command as the shell does, on a thread that is not the module's.
  private String command(Callable<String> command) throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      Future<String> result = other.submit(command);
      while (!result.isDone()) {
        context.run();
        Thread.onSpinWait();
      }
      context.run();
      return result.get();
    } finally {
      other.shutdownNow();
    }
  }

  private List<KeyAction> actions() {
    return context.published.stream()
        .filter(KeyEvent.class::isInstance)
        .map(event -> ((KeyEvent) event).action())
        .toList();
  }

  private static HardwareConfig config(PinProvider provider, String keys) {
    return new HardwareConfig(
        provider, List.of(keys.split(",")), Duration.ofMillis(4), Duration.ofSeconds(30));
  }
}
