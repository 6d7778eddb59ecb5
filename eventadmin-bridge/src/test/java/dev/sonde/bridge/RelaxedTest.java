package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Modules that are in no hurry: they hear everything, and are woken seldom.
class RelaxedTest {

  private static final int EVENTS = 5_000;
  private static final int MODULES = 4;

  private final Device device = new Device();

  @AfterEach
  void close() {
    device.close();
  }

  private static Subscription<Number> relaxed() {
    return Subscription.to(Number.class).capacity(EVENTS).relaxed();
  }

  /// Publishes with so much time between that a module which wants each at once is woken for each.
  private long publishSlowly() {
    long begin = System.nanoTime();
    for (int i = 0; i < EVENTS; i++) {
      device.publish(new Number(i));
      LockSupport.parkNanos(20_000);
    }
    device.awaitQuiet();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private long wakeUps() {
    return wakeUps(device.bus.mailboxes());
  }

  private static long wakeUps(Collection<Mailbox> mailboxes) {
    return mailboxes.stream().mapToLong(Mailbox::wakeUps).sum();
  }

  @Test
  void shouldWakeNoMoreThanOnceAMillisecond() {
    List<AtomicLong> next = new ArrayList<>();
    List<Inbox> inboxes = new ArrayList<>();
    for (int i = 0; i < MODULES; i++) {
      AtomicLong expected = new AtomicLong();
      next.add(expected);
      HostedModule module =
          device.module(
              "relaxed-" + i,
              c ->
                  c.on(
                      relaxed(),
                      (number, at) -> expected.compareAndSet(number.value(), number.value() + 1)));
      inboxes.add(module.inboxes().getFirst());
    }
    device.awaitQuiet();
    long before = wakeUps();
    long millis = publishSlowly();
    // Once by the tick, and once by the first event after a millisecond without one.
    assertThat(wakeUps() - before).isLessThanOrEqualTo(MODULES * 2 * (millis + 2));
    assertThat(next).allSatisfy(expected -> assertThat(expected).hasValue(EVENTS));
    assertThat(inboxes)
        .extracting(Inbox::counts)
        .containsOnly(new InboxCounts(EVENTS, EVENTS, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void shouldSleepForGoodWhenNothingComes() {
    for (int i = 0; i < MODULES; i++) {
      device.module("relaxed-" + i, c -> c.on(relaxed(), (number, at) -> {}));
    }
    device.publish(new Number(1));
    device.awaitQuiet();
    List<Mailbox> sleeping = List.copyOf(device.bus.mailboxes());
    long before = wakeUps(sleeping);
    CountDownLatch witness = new CountDownLatch(1);
    AtomicInteger ticks = new AtomicInteger();
    device.module(
        "witness",
        c ->
            c.every(
                Duration.ofMillis(5),
                () -> {
                  if (ticks.incrementAndGet() == 20) {
                    witness.countDown();
                  }
                }));
    Awaiting.latch(witness);
    // The last tick may still have had some to wake.
    assertThat(wakeUps(sleeping) - before).isLessThanOrEqualTo(MODULES);
  }

  @Test
  void shouldRunTasksAndTimersAndStopWhileEventsFlow() {
    CountDownLatch ran = new CountDownLatch(3);
    AtomicInteger handled = new AtomicInteger();
    ModuleContext[] context = new ModuleContext[1];
    HostedModule module =
        device.module(
            "relaxed",
            c -> {
              context[0] = c;
              c.on(relaxed(), (number, at) -> handled.incrementAndGet());
              c.on(Subscription.to(Text.class).relaxed(), (text, at) -> ran.countDown());
              c.after(Duration.ofMillis(1), ran::countDown);
            });
    Together flood = Together.start(1, _ -> publishSlowly());
    Awaiting.until("events flow", () -> handled.get() > 10);
    context[0].execute(ran::countDown);
    device.publish(new Text("text"));
    Awaiting.latch(ran);
    flood.join();
    assertThat(module.stop(false, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);
    assertThat(handled).hasValue(EVENTS);
  }

  @Test
  void shouldWakeForEachEventIfOneSubscriptionIsNotRelaxed() {
    HostedModule module =
        device.module(
            "mixed",
            c -> {
              c.on(relaxed(), (number, at) -> {});
              c.on(Text.class, (text, at) -> {});
            });
    for (int i = 0; i < 100; i++) {
      long before = wakeUps();
      device.publish(new Number(i));
      device.awaitQuiet();
      assertThat(wakeUps() - before).as("it slept, and no tick woke it").isLessThanOrEqualTo(1);
    }
    assertThat(module.inboxes().getFirst().counts().delivered()).isEqualTo(100);
  }
}
