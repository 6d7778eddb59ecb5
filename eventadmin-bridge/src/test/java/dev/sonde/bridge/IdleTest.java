package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Level;
import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import dev.sonde.bus.spi.HostedModule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// While nothing comes that a module asked for, its thread does not wake up, whatever else goes on.
/// That something else is the witness: a module that is woken, and waited for, thousands of times.
class IdleTest {

  private static final int WITNESSED = 2_000;

  private final Device device = new Device();
  private final List<ModuleRun> idle = new ArrayList<>();
  private final List<Mailbox> mailboxes = new ArrayList<>();
  private final Semaphore witnessed = new Semaphore(0);

  @AfterEach
  void close() {
    device.close();
  }

  @Topic("idle/WITNESS")
  record Witness(int number) implements Event {}

  private void startWitness() {
    device.module("witness", c -> c.on(Witness.class, (witness, at) -> witnessed.release()));
  }

  private void startIdle(String name, Device.Start start) {
    HostedModule module = device.module(name, start);
    idle.add((ModuleRun) module);
    mailboxes.add(device.bus.mailbox("test." + name));
  }

  private void witness() {
    for (int i = 0; i < WITNESSED; i++) {
      device.publish(new Witness(i));
      Awaiting.permit(witnessed);
    }
  }

  /// Returns when the threads of all modules wait, and wait without end. Nobody who woke one of
  /// them is still at it then.
  private void awaitRest() {
    device.awaitQuiet();
    idle.forEach(module -> awaitRest(module.thread()));
  }

  private static void awaitRest(Thread thread) {
    Awaiting.until(thread + " waits", () -> thread.getState() == Thread.State.WAITING);
  }

  private List<Long> wakeUps() {
    return mailboxes.stream().map(Mailbox::wakeUps).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 1_000})
  void shouldNotWakeUpBeforeAndAfterTraffic(int modules) {
    startWitness();
    for (int i = 0; i < modules; i++) {
      boolean latest = i % 2 == 1;
      startIdle(
          "idle-" + i, c -> c.on(latest ? ofNumbers().latest() : ofNumbers(), (number, at) -> {}));
    }
    awaitRest();
    witness();
    assertThat(wakeUps()).as("before traffic").containsOnly(0L);

    for (int round = 0; round < 3; round++) {
      Together.run(
          2,
          _ -> {
            for (int i = 0; i < 200; i++) {
              device.publish(new Number(i));
            }
          });
      awaitRest();
      List<Long> before = wakeUps();
      assertThat(before).as("through traffic").allMatch(wakeUps -> wakeUps > 0);
      witness();
      assertThat(wakeUps()).as("after traffic").isEqualTo(before);
    }
  }

  private static Subscription<Number> ofNumbers() {
    return Subscription.to(Number.class);
  }

  @Test
  void shouldNotWakeUpForWhatItsThousandSubscriptionsDoNotMatch() {
    startWitness();
    startIdle(
        "many",
        c -> {
          for (int i = 0; i < 1_000; i++) {
            c.on(
                Subscription.of("topic " + i).topics("idle/many/" + i, "idle/below/" + i + "/*"),
                (event, at) -> {});
          }
          c.on(Subscription.to(Number.class).except("test/NUMBER"), (event, at) -> {});
        });
    awaitRest();
    device.publish(new Number(1));
    witness();
    assertThat(wakeUps()).containsOnly(0L);
  }

  @Test
  void shouldComeToRestAfterWhateverItDid() {
    startWitness();
    AtomicReference<ModuleContext> context = new AtomicReference<>();
    startIdle(
        "busy",
        c -> {
          context.set(c);
          c.on(
              Subscription.to(Number.class).capacity(1),
              (number, at) -> {
                if (number.value() % 3 == 0) {
                  throw new IllegalStateException("fails now and then");
                }
              });
          // Overflows, which is published when a second has passed.
          c.on(
              Text.class,
              (text, at) -> {
                c.publish(new Number(1));
                c.publish(new Number(2));
              });
        });
    startIdle("answering", c -> c.on(Level.class, (level, at) -> c.publish(new Text("answer"))));
    ModuleContext busy = context.get();
    for (int i = 0; i < 100; i++) {
      device.publish(new Number(i));
      busy.execute(() -> {});
      busy.after(Duration.ofMillis(1), () -> {});
      busy.every(Duration.ofMillis(1), () -> {}).cancel();
      var _ = busy.ask(new Level("valve", i), Text.class, Duration.ofMillis(1));
    }
    Awaiting.until("the last question is over", () -> device.bus.openAsks() == 0);
    busy.execute(() -> {});
    idle.getFirst().thread().interrupt();
    awaitRest();
    idle.getFirst().thread().interrupt();
    awaitRest();
    List<Long> before = wakeUps();
    witness();
    assertThat(wakeUps()).isEqualTo(before);
  }

  @Test
  void shouldNotWakeUpAModuleThatHasClosedEverything() {
    startWitness();
    AtomicReference<ModuleContext> context = new AtomicReference<>();
    startIdle(
        "closing",
        c -> {
          context.set(c);
          c.on(Number.class, (number, at) -> {}).close();
          c.on(Subscription.of("prefix").topics("test/*"), (event, at) -> {}).close();
        });
    awaitRest();
    for (int i = 0; i < WITNESSED; i++) {
      device.publish(new Number(i));
    }
    witness();
    assertThat(wakeUps()).containsOnly(0L);
    assertThat(device.bus.wanted(Number.class)).isFalse();
  }

  @Test
  void shouldNotWakeUpAListening() {
    startWitness();
    try (Listening tap =
        Listening.open(
            device.bus, "tap", Subscription.of("numbers").topics("test/NUMBER"), (e, at) -> {})) {
      Thread thread = threadOf("sonde-tap");
      awaitRest(thread);
      witness();
      assertThat(tap.mailbox().wakeUps()).isZero();

      device.publish(new Number(1));
      Awaiting.until("it took one", () -> tap.counts().delivered() == 1);
      awaitRest(thread);
      witness();
      assertThat(tap.mailbox().wakeUps()).isEqualTo(1);
    }
  }

  private static Thread threadOf(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findAny()
        .orElseThrow();
  }
}
