package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Fork;
import dev.sonde.bus.Source;
import dev.sonde.bus.spi.HostedModule;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How long modules were at work, and whose handlers took long.
class BusyTimeTest {

  private static final int READS = 1_000_000;

  private final Device device = new Device();

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void shouldCountWhileAHandlerRunsAndNotWhileTheModuleWaits() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    HostedModule module =
        device.module(
            "module",
            context ->
                context.on(
                    Number.class,
                    (number, at) -> {
                      entered.countDown();
                      Awaiting.latch(leave);
                    }));
    device.awaitQuiet();
    Duration started = atRest(module);
    device.publish(new Number(1));
    Awaiting.latch(entered);
    Duration within = module.busyTime();
    assertThat(within).isGreaterThan(started);
    Awaiting.until("more", () -> module.busyTime().compareTo(within.plusMillis(5)) > 0);
    leave.countDown();
    device.awaitQuiet();
    assertThat(atRest(module)).isGreaterThan(within.plusMillis(5));
  }

  /// Once two readings are the same, it stands still.
  private static Duration atRest(HostedModule module) {
    AtomicReference<Duration> before = new AtomicReference<>(module.busyTime());
    Awaiting.until(
        "at rest",
        () ->
            module.busyTime().equals(before.get()) || before.getAndSet(module.busyTime()) == null);
    return before.get();
  }

  @Test
  void shouldNeverSayLessThanBefore() throws InterruptedException {
    Activity activity = new Activity();
    AtomicBoolean read = new AtomicBoolean();
    Thread module =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!read.get()) {
                    activity.beginJob();
                    activity.end();
                    activity.rest();
                  }
                });
    Duration before = Duration.ZERO;
    int negative = 0;
    int less = 0;
    for (int i = 0; i < READS; i++) {
      Duration busy = activity.busyTime();
      less += busy.compareTo(before) < 0 ? 1 : 0;
      before = busy;
      negative += activity.busyFor().isNegative() ? 1 : 0;
    }
    read.set(true);
    module.join();
    assertThat(less).isZero();
    assertThat(negative).isZero();
  }

  @Test
  void shouldKnowWhichSubscriptionIsSlow() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    HostedModule module =
        device.module(
            "module",
            context -> {
              context.on(Text.class, (text, at) -> {});
              context.on(
                  Number.class,
                  (number, at) -> {
                    entered.countDown();
                    Awaiting.latch(leave);
                  });
            });
    device.publish(new Number(1));
    Awaiting.latch(entered);
    Duration before = module.busyTime();
    Awaiting.until("10 ms", () -> module.busyTime().compareTo(before.plusMillis(10)) > 0);
    leave.countDown();
    device.awaitQuiet();
    var _ = atRest(module);
    EventInbox text = (EventInbox) module.inboxes().getFirst();
    EventInbox number = (EventInbox) module.inboxes().getLast();
    assertThat(number.slowest()).isGreaterThanOrEqualTo(Duration.ofMillis(10));
    assertThat(text.slowest()).isZero();
  }

  @Test
  void shouldKnowWhatForksUsedAlsoWhenTheyHaveEnded() {
    AtomicReference<Fork> fork = new AtomicReference<>();
    CountDownLatch end = new CountDownLatch(1);
    Source source =
        new Source() {
          @Override
          public void run() {
            while (end.getCount() > 0) {
              Thread.onSpinWait();
            }
          }

          @Override
          public void cancel() {
            end.countDown();
          }
        };
    HostedModule module = device.module("module", c -> fork.set(c.fork("spinning", source)));
    Awaiting.until("used", () -> module.cpuTimeOfForks().toMillis() > 5);
    Duration running = module.cpuTimeOfForks();
    end.countDown();
    Awaiting.until("ended", () -> !fork.get().isRunning());
    assertThat(module.cpuTimeOfForks()).isGreaterThanOrEqualTo(running);
    assertThat(module.cpuTimeOfForks()).isEqualTo(module.cpuTimeOfForks());
  }
}
