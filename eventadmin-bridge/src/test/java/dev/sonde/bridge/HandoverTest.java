package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Task;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// One version of a module after another, and what is left of the one before.
class HandoverTest {

  private static final Duration SHORT = Duration.ofMillis(400);

  private final Device device = new Device();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    device.close();
  }

  private void hang() {
    while (gate.getCount() > 0) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        // Ignores it, as hanging code does.
      }
    }
  }

  @Test
  void shouldCallStopOnceHoweverLongItTakes() {
    AtomicInteger stops = new AtomicInteger();
    CountDownLatch never = new CountDownLatch(1);
    HostedModule hosted =
        device.start(
            "slow-to-stop",
            new SondeModule() {
              @Override
              public void start(ModuleContext context) {}

              @Override
              public void stop() throws InterruptedException {
                stops.incrementAndGet();
                // Longer than the half of the deadline after which it is told once more, and so
                // much less than all of it that a slow machine makes no difference.
                boolean _ = never.await(3, TimeUnit.SECONDS);
              }
            });
    assertThat(hosted.stop(false, Duration.ofSeconds(5))).isEqualTo(Stopped.CLEANLY);
    assertThat(stops).hasValue(1);
  }

  @Test
  void shouldStartAgainAfterAStartThatFailedAndWasStopped() {
    HostedModule broken =
        device.host(
            "mended",
            context -> {
              throw new IllegalStateException("not yet");
            });
    assertThatThrownBy(() -> broken.start().toCompletableFuture().join())
        .isInstanceOf(CompletionException.class);
    assertThat(broken.stop(true, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);

    List<Long> handled = new CopyOnWriteArrayList<>();
    device.module("mended", c -> c.on(Number.class, (number, at) -> handled.add(number.value())));
    device.publish(new Number(1));
    device.awaitQuiet();
    assertThat(handled).containsExactly(1L);
  }

  @Test
  void shouldNotLetAnAbandonedStartDisconnectTheNextVersion() throws InterruptedException {
    AtomicReference<Thread> abandoned = new AtomicReference<>();
    CountDownLatch entered = new CountDownLatch(1);
    HostedModule hanging =
        device.host(
            "hanging-start",
            context -> {
              abandoned.set(Thread.currentThread());
              context.on(Number.class, (number, at) -> {});
              entered.countDown();
              hang();
              context.on(Text.class, (text, at) -> {});
            });
    var _ = hanging.start();
    entered.await();
    assertThat(hanging.stop(true, SHORT)).isEqualTo(Stopped.ABANDONED);

    List<Long> handled = new CopyOnWriteArrayList<>();
    device.module(
        "hanging-start", c -> c.on(Number.class, (number, at) -> handled.add(number.value())));
    gate.countDown();
    abandoned.get().join();
    device.publish(new Number(1));
    device.awaitQuiet();
    assertThat(handled).containsExactly(1L);
  }

  @Test
  void shouldNotLetAnOldVersionCloseTheInboxOfTheNewOne() {
    AtomicReference<Inbox> old = new AtomicReference<>();
    HostedModule first =
        device.module("closing", c -> old.set(c.on(Number.class, (number, at) -> {})));
    assertThat(first.stop(true, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);
    List<Long> handled = new CopyOnWriteArrayList<>();
    device.module("closing", c -> c.on(Number.class, (number, at) -> handled.add(number.value())));

    old.get().close();

    device.publish(new Number(1));
    device.awaitQuiet();
    assertThat(handled).containsExactly(1L);
  }

  @Test
  void shouldRefuseWorkThatIsNull() {
    ModuleContext context = device.context("careless");
    Task none = null;
    assertThatThrownBy(() -> context.execute(none)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> context.after(Duration.ZERO, none))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void shouldSurviveAnExceptionThatCanNotBePrinted() {
    List<Long> handled = new CopyOnWriteArrayList<>();
    device.module(
        "hostile",
        c ->
            c.on(
                Number.class,
                (number, at) -> {
                  handled.add(number.value());
                  throw new Unprintable();
                }));
    device.publish(new Number(1));
    device.publish(new Number(2));
    device.awaitQuiet();
    assertThat(handled).containsExactly(1L, 2L);
    assertThat(device.faults).hasSize(2).allMatch(fault -> fault.contains("Unprintable"));
  }

  private static final class Unprintable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }

  @Test
  void shouldHandleEventsBesideATaskThatQueuesItselfForEver() {
    CountDownLatch handled = new CountDownLatch(100);
    AtomicReference<ModuleContext> context = new AtomicReference<>();
    Task again =
        new Task() {
          @Override
          public void run() {
            context.get().execute(this);
          }
        };
    HostedModule hosted =
        device.module(
            "busy",
            c -> {
              context.set(c);
              c.on(Number.class, (number, at) -> handled.countDown());
              c.execute(again);
            });
    for (int i = 0; i < 100; i++) {
      device.publish(new Number(i));
    }
    Awaiting.latch(handled);
    assertThat(hosted.stop(false, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);
  }

  @Test
  void shouldTakeAnyDeadline() {
    BundleBus service = new BundleBus(device.bus, "test");
    var forEver = service.ask(new Number(1), Text.class, Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(forEver.toCompletableFuture().isDone()).isFalse();
    assertThatThrownBy(
            () ->
                service
                    .ask(new Number(1), Text.class, Duration.ofSeconds(-1))
                    .toCompletableFuture()
                    .join())
        .hasRootCauseInstanceOf(TimeoutException.class);
  }
}
