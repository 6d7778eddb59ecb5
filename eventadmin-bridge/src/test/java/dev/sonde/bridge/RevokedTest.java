package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.RevokedException;
import dev.sonde.bus.Setting;
import dev.sonde.bus.Source;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a module begins at the very moment at which it is stopped or abandoned is refused or ends.
class RevokedTest {

  private static final int ROUNDS = 40;
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Device device = new Device();

  @AfterEach
  void close() {
    device.close();
  }

  /// What is begun again and again.
  @FunctionalInterface
  interface Begin {
    void number(ModuleContext context, int number) throws Exception;
  }

  /// Does it until it is refused.
  private static void untilRefused(ModuleContext context, AtomicInteger begun, Begin begin)
      throws Exception {
    try {
      while (true) {
        begin.number(context, begun.get());
        begun.incrementAndGet();
      }
    } catch (RevokedException expected) {
      // As it is to be.
    }
  }

  /// Abandons a module that does something without end.
  private void abandonWhile(Begin begin) {
    AtomicReference<Thread> left = new AtomicReference<>();
    AtomicInteger begun = new AtomicInteger();
    HostedModule module =
        device.module(
            "abandoned",
            c -> {
              left.set(Thread.currentThread());
              c.execute(() -> untilRefused(c, begun, begin));
            });
    Awaiting.until("something is begun", () -> begun.get() > 2);
    assertThat(module.stop(true, SHORT)).isEqualTo(Stopped.ABANDONED);
    Awaiting.until("its thread ends", () -> !left.get().isAlive());
  }

  @Test
  void shouldCancelEveryForkThatBegan() {
    for (int round = 0; round < ROUNDS; round++) {
      List<Idling> forks = new CopyOnWriteArrayList<>();
      AtomicInteger names = new AtomicInteger();
      AtomicReference<ModuleContext> context = new AtomicReference<>();
      HostedModule module = device.module("forking", context::set);
      // Several, so that some of them wait for each other when the module ends.
      Together forking =
          Together.start(
              3,
              _ ->
                  untilRefused(
                      context.get(),
                      new AtomicInteger(),
                      (forkable, number) -> {
                        Idling fork = new Idling(new CountDownLatch(1));
                        forkable.fork("fork-" + names.getAndIncrement(), fork);
                        forks.add(fork);
                      }));
      Awaiting.until("something is begun", () -> forks.size() > 2);
      module.stop(false, Device.DEADLINE);
      forking.join();
      forks.forEach(fork -> Awaiting.latch(fork.cancelled));
      device.forget("forking");
    }
  }

  @Test
  void shouldRefuseCountAndTellOnceWhatAnEndedRunPublishes() {
    AtomicReference<ModuleContext> context = new AtomicReference<>();
    AtomicInteger heard = new AtomicInteger();
    device.module("watch", c -> c.on(Number.class, (number, at) -> heard.incrementAndGet()));
    HostedModule first = device.module("valve", context::set);
    first.stop(true, Device.DEADLINE);
    ModuleContext old = context.get();
    Envelope request = new Envelope(1, 0, "test/TEXT", "test", 0, new Text("?"), 0);

    HostedModule next = device.module("valve", context::set);
    assertThat(next.refused()).isZero();
    Together.run(
        3,
        _ -> {
          for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> old.publish(new Number(1)))
                .isInstanceOf(RevokedException.class);
          }
          assertThatThrownBy(() -> old.reply(request, new Number(1)))
              .isInstanceOf(RevokedException.class);
          assertThatThrownBy(() -> old.ask(new Number(1), Text.class, SHORT))
              .isInstanceOf(RevokedException.class);
        });
    context.get().publish(new Number(2));
    device.awaitQuiet();

    assertThat(heard).hasValue(1);
    assertThat(next.refused()).isEqualTo(306);
    assertThat(device.bus.refused()).isEqualTo(Map.of("test.valve", 306L));
    assertThat(device.faults)
        .containsExactly("LEFT_BEHIND publish Number of a thread of an ended run was refused");
    device.forget("valve");
    assertThat(next.refused()).as("after it is forgotten").isEqualTo(306);
  }

  /// Does nothing until it is cancelled.
  private record Idling(CountDownLatch cancelled) implements Source {
    @Override
    public void run() throws InterruptedException {
      cancelled.await();
    }

    @Override
    public void cancel() {
      cancelled.countDown();
    }
  }

  record Settings(@Setting("1") int number) {}

  @Test
  void shouldNotReadTheConfigurationForOneThatHasEnded() {
    for (int round = 0; round < ROUNDS; round++) {
      device.values.clear();
      abandonWhile((context, number) -> context.config(Settings.class, _ -> {}));
      device.values.put("abandoned", Map.of("number", "no number"));
      device.configurations.changed("abandoned");
      assertThat(device.rejections).as("complaints about the new value").isEmpty();
    }
  }

  @Test
  void shouldNotKeepAnInboxThatOneWhoIsAbandonedOpens() {
    for (int round = 0; round < ROUNDS; round++) {
      abandonWhile(
          (context, number) ->
              context.on(Subscription.to(Number.class).named("numbers " + number), (n, at) -> {}));

      HostedModule next = device.module("abandoned", c -> c.on(Number.class, (number, at) -> {}));
      assertThat(next.inboxes()).hasSize(1);
      next.stop(false, Device.DEADLINE);
      device.forget("abandoned");
      assertThat(device.bus.wanted(Number.class)).isFalse();
    }
  }
}
