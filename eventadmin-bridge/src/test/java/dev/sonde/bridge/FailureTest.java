package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sonde.bridge.Device.Level;
import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Event;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.RevokedException;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Source;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import dev.sonde.event.log.LogLine;
import dev.sonde.event.module.HandlerFailed;
import dev.sonde.log.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a module does to itself stays inside it, is counted and told, and the module goes on.
class FailureTest {

  private static final Duration SHORT = Duration.ofMillis(300);

  private final Device device = new Device();
  private final List<Long> handled = new CopyOnWriteArrayList<>();
  private final AtomicReference<Inbox> inbox = new AtomicReference<>();

  @AfterEach
  void close() {
    device.close();
  }

  private List<HandlerFailed> failures() {
    List<HandlerFailed> failures = new CopyOnWriteArrayList<>();
    device.module("watch", c -> c.on(HandlerFailed.class, (failed, at) -> failures.add(failed)));
    return failures;
  }

  @ParameterizedTest
  @EnumSource(Thrown.class)
  void shouldGoOnWhateverAHandlerThrows(Thrown thrown) {
    List<HandlerFailed> failures = failures();
    device.module(
        "failing",
        c ->
            inbox.set(
                c.on(
                    Number.class,
                    (number, at) -> {
                      handled.add(number.value());
                      if (number.value() % 2 == 0) {
                        thrown.raise();
                      }
                    })));
    for (int i = 0; i < 6; i++) {
      device.publish(new Number(i));
    }
    device.awaitQuiet();

    assertThat(handled).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(inbox.get().counts().failed()).isEqualTo(3);
    assertThat(device.faults).hasSize(3).allMatch(fault -> fault.startsWith("HANDLER "));
    assertThat(failures).hasSize(3);
    assertThat(failures).allMatch(failed -> failed.name().equals("failing"));
    assertThat(failures).allMatch(failed -> failed.error().length() < 1_000);
  }

  @Test
  void shouldNotTellByTheLogWhatFailsAtTheLog() {
    List<HandlerFailed> failures = failures();
    device.module(
        "failing",
        c ->
            inbox.set(
                c.on(
                    Subscription.of("all").topics("sonde/log/*", "sonde/module/*"),
                    (event, at) -> {
                      throw new IllegalStateException("at " + at.topic());
                    })));
    device.publish(new LogLine("b", "l", Severity.ERROR, "line", Optional.empty()));
    device.awaitQuiet();

    assertThat(inbox.get().counts().failed()).isEqualTo(1);
    assertThat(device.faults).singleElement().asString().contains("at sonde/log/LINE");
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Thrown.class)
  void shouldGoOnWhateverTasksTimersAndListenersThrow(Thrown thrown) {
    List<HandlerFailed> failures = failures();
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    AtomicReference<ModuleContext> context = new AtomicReference<>();
    device.module("answering", c -> c.on(Level.class, (level, at) -> c.publish(new Number(3))));
    device.module(
        "failing",
        c -> {
          context.set(c);
          c.on(
              Text.class,
              (text, at) -> {
                entered.countDown();
                gate.await();
              });
          inbox.set(
              c.on(
                  Subscription.to(Number.class)
                      .capacity(1)
                      .named("numbers")
                      .onLagged(
                          missed -> {
                            handled.add(-missed);
                            thrown.raiseUnchecked();
                          }),
                  (number, at) -> handled.add(number.value())));
        });
    device.publish(new Text("hold"));
    Awaiting.latch(entered);
    device.publish(new Number(1));
    device.publish(new Number(2));
    context.get().execute(thrown::raise);
    context.get().after(Duration.ZERO, thrown::raise);
    CountDownLatch answered = new CountDownLatch(1);
    var _ =
        context
            .get()
            .ask(new Level("valve", 1), Number.class, Device.DEADLINE)
            .thenAccept(
                answer -> {
                  answered.countDown();
                  thrown.raiseUnchecked();
                });
    Awaiting.until("the answer waits", () -> inbox.get().counts().matched() == 3);
    gate.countDown();
    Awaiting.latch(answered);
    device.awaitQuiet();

    assertThat(handled).containsExactly(-2L, 3L);
    assertThat(device.faults).hasSize(4);
    assertThat(failures.stream().map(HandlerFailed::what))
        .containsExactlyInAnyOrder("task", "timer", "numbers", "answer");
    assertThat(inbox.get().counts().failed()).as("the handler itself did not fail").isZero();
  }

  @Topic("failure/COUNTDOWN")
  record Countdown(int left) implements Event {}

  @Test
  void shouldPublishAgainFromWithinHandlersHoweverOften() {
    int deep = 20_000;
    AtomicInteger heard = new AtomicInteger();
    for (String name : List.of("first", "second")) {
      device.module(
          name,
          c ->
              c.on(
                  Subscription.to(Countdown.class).capacity(1 << 20),
                  (countdown, at) -> {
                    heard.incrementAndGet();
                    // One follows each; the last ten double, since both modules publish then.
                    if (countdown.left() > 0 && (name.equals("first") || countdown.left() < 10)) {
                      c.publish(new Countdown(countdown.left() - 1));
                    }
                  }));
    }
    device.publish(new Countdown(deep));
    device.awaitQuiet();
    // Down to 9 there is one of each, then twice as many at each step: 1 + 2 + 4 + … + 512 in all.
    assertThat(heard).hasValue(2 * (deep - 9 + (1 << 10) - 1));
  }

  /// Subscribes, closes that at the first event, with another waiting, and subscribes anew.
  private final class Replacing implements SondeModule {
    private int opened;

    @Override
    public void start(ModuleContext context) {
      context.on(
          Level.class,
          (level, at) -> {
            context.publish(new Number(2L * level.percent()));
            context.publish(new Number(2L * level.percent() + 1));
          });
      open(context);
    }

    private void open(ModuleContext context) {
      Subscription<Number> next = Subscription.to(Number.class).named("number " + opened++);
      AtomicReference<Inbox> own = new AtomicReference<>();
      own.set(
          context.on(
              opened % 2 == 0 ? next : next.dropNewest(),
              (number, at) -> {
                handled.add(number.value());
                if (number.value() % 2 == 0) {
                  own.get().close();
                  open(context);
                }
              }));
    }
  }

  @Test
  void shouldLetAHandlerReplaceItsOwnSubscription() {
    Replacing module = new Replacing();
    device.start("replacing", module);
    for (int i = 0; i < 1_000; i++) {
      device.publish(new Level("next", i));
      device.awaitQuiet();
    }
    assertThat(handled).containsExactlyElementsOf(LongStream.range(0, 2_000).boxed().toList());
    assertThat(module.opened).isEqualTo(1_001);
    assertThat(device.bus.mailboxes().stream().mapToInt(box -> box.inboxes().size()).sum())
        .as("inboxes left")
        .isEqualTo(2);
  }

  @Test
  void shouldNotMindInterruptsOfItsOwnOrOfOthers() {
    int events = 20_000;
    AtomicReference<Thread> thread = new AtomicReference<>();
    AtomicInteger broken = new AtomicInteger();
    AtomicInteger count = new AtomicInteger();
    CountDownLatch self = new CountDownLatch(100);
    device.module(
        "interrupted",
        c -> {
          c.on(
              Text.class,
              (text, at) -> {
                try {
                  // Fails at once if the one before left its interrupt behind.
                  new CountDownLatch(0).await();
                } catch (InterruptedException e) {
                  broken.incrementAndGet();
                }
                Thread.currentThread().interrupt();
                self.countDown();
              });
          c.on(
              Subscription.to(Number.class).capacity(events),
              (number, at) -> {
                thread.set(Thread.currentThread());
                count.incrementAndGet();
              });
        });
    for (int i = 0; i < 100; i++) {
      device.publish(new Text("interrupt"));
    }
    Awaiting.latch(self);
    assertThat(broken).hasValue(0);

    device.publish(new Number(0));
    device.awaitQuiet();
    AtomicBoolean end = new AtomicBoolean();
    Together interrupting =
        Together.start(
            1,
            _ -> {
              while (!end.get()) {
                thread.get().interrupt();
              }
            });
    for (int i = 1; i < events; i++) {
      device.publish(new Number(i));
      if (i % 1_000 == 0) {
        device.awaitQuiet();
      }
    }
    device.awaitQuiet();
    end.set(true);
    interrupting.join();
    assertThat(count).hasValue(events);
  }

  @Test
  void shouldLetAHandlerHaveItsModuleStopped() {
    CompletableFuture<HostedModule> self = new CompletableFuture<>();
    CompletableFuture<Stopped> stopped = new CompletableFuture<>();
    CountDownLatch published = new CountDownLatch(1);
    self.complete(
        device.module(
            "leaving",
            c ->
                c.on(
                    Number.class,
                    (number, at) -> {
                      Awaiting.latch(published);
                      handled.add(number.value());
                      if (number.value() == 1) {
                        Thread.ofPlatform()
                            .daemon()
                            .start(
                                () -> stopped.complete(self.join().stop(false, Device.DEADLINE)));
                      }
                    })));
    device.publish(new Number(1));
    device.publish(new Number(2));
    published.countDown();
    assertThat(stopped.join()).isEqualTo(Stopped.CLEANLY);
    assertThat(handled).containsExactly(1L, 2L);
    assertThat(device.bus.wanted(Number.class)).isFalse();
  }

  @Test
  void shouldAbandonAModuleThatWaitsForItsOwnStop() {
    CompletableFuture<HostedModule> self = new CompletableFuture<>();
    CompletableFuture<Stopped> stopped = new CompletableFuture<>();
    device.module("other", c -> c.on(Number.class, (number, at) -> handled.add(number.value())));
    self.complete(
        device.module(
            "waiting",
            c ->
                c.on(
                    Number.class,
                    (number, at) -> stopped.complete(self.join().stop(false, SHORT)))));
    device.publish(new Number(1));
    assertThat(stopped.join()).isEqualTo(Stopped.ABANDONED);
    device.publish(new Number(2));
    device.awaitQuiet();
    assertThat(handled).containsExactly(1L, 2L);
  }

  @Test
  void shouldNotFeedBackWhenEverybodyFailsAtEverything() {
    AtomicInteger calls = new AtomicInteger();
    for (String name : List.of("first", "second", "third")) {
      device.module(
          name,
          c ->
              c.on(
                  Subscription.of("all")
                      .topics("*")
                      .capacity(name.equals("first") ? 1 : 100)
                      .onLagged(
                          missed -> {
                            throw new IllegalStateException("lag");
                          }),
                  (event, at) -> {
                    calls.incrementAndGet();
                    throw new IllegalStateException("again");
                  }));
    }
    device.publish(new Number(1));
    device.awaitQuiet();
    // Each fails at the number; all hear of all failures; the word about lag may add a few.
    assertThat(calls.get()).isBetween(9, 50);
  }

  @Test
  void shouldRefuseWhateverAnAbandonedModuleDoesLater() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    AtomicReference<Thread> left = new AtomicReference<>();
    List<Throwable> refused = new CopyOnWriteArrayList<>();
    List<Event> heard = new CopyOnWriteArrayList<>();
    AtomicInteger ran = new AtomicInteger();
    device.module(
        "hearing", c -> c.on(Subscription.of("test").topics("test/*"), (e, at) -> heard.add(e)));
    HostedModule hosted =
        device.module(
            "abandoned",
            c -> {
              inbox.set(
                  c.on(
                      Text.class,
                      (text, at) -> {
                        left.set(Thread.currentThread());
                        c.after(Duration.ofDays(1), ran::incrementAndGet);
                        entered.countDown();
                        holdOut(gate);
                        List<ThrowingCallable> later =
                            List.of(
                                () -> c.publish(new Number(1)),
                                () -> c.reply(at, new Number(2)),
                                () -> c.ask(new Number(3), Number.class, SHORT),
                                () -> c.on(Number.class, (number, again) -> ran.incrementAndGet()),
                                () -> c.execute(ran::incrementAndGet),
                                () -> c.after(Duration.ZERO, ran::incrementAndGet),
                                () -> c.every(SHORT, ran::incrementAndGet),
                                () -> c.fork("late", new Counting(ran)),
                                () -> c.wanted(Number.class),
                                () -> c.awaitRoom(SHORT),
                                () -> c.config(NoSettings.class),
                                () -> c.config(NoSettings.class, _ -> ran.incrementAndGet()),
                                c::dataDirectory,
                                () -> c.saveState(new Number(4)),
                                () -> c.restoredState(Number.class));
                        later.forEach(call -> refused.add(catchThrowable(call)));
                        assertThat(c.name()).isEqualTo("abandoned");
                        c.publish(new Number(5));
                      }));
            });
    device.publish(new Text("hold"));
    Awaiting.latch(entered);
    assertThat(hosted.stop(false, SHORT)).isEqualTo(Stopped.ABANDONED);
    long before = device.bus.sequence();

    gate.countDown();
    Awaiting.until("the thread that was left ends", () -> !left.get().isAlive());

    assertThat(refused).hasSize(15).allMatch(RevokedException.class::isInstance);
    assertThat(device.faults)
        .satisfiesExactly(
            first -> assertThat(first).startsWith("LEFT_BEHIND publish Number"),
            last -> assertThat(last).startsWith("HANDLER").contains("RevokedException"));
    assertThat(hosted.refused()).isEqualTo(4);
    assertThat(device.bus.sequence()).as("published since").isEqualTo(before);
    device.publish(new Number(6));
    device.awaitQuiet();
    assertThat(heard).containsExactly(new Text("hold"), new Number(6));
    assertThat(ran).as("what it wanted to run").hasValue(0);
    assertThat(inbox.get().counts().interrupted()).isEqualTo(1);
  }

  record NoSettings() {}

  /// Counts that it ran.
  private record Counting(AtomicInteger runs) implements Source {
    @Override
    public void run() {
      runs.incrementAndGet();
    }

    @Override
    public void cancel() {}
  }

  /// Ignores interrupts, as hanging code does.
  private static void holdOut(CountDownLatch gate) {
    while (gate.getCount() > 0) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        // Goes on waiting.
      }
    }
  }

  @Topic("failure/SIZED")
  record Sized(String how) implements Event {
    @Override
    public int payloadBytes() {
      return switch (how) {
        case "negative" -> -1_000;
        case "throws" -> throw new IllegalStateException("no size");
        default -> 1;
      };
    }
  }

  @Test
  void shouldKeepTheBusGoingWhenAnEventCanNotSayItsSize() {
    device.module(
        "hearing",
        c ->
            inbox.set(
                c.on(
                    Subscription.of("sizes").types(Sized.class).capacityBytes(10),
                    (event, at) -> handled.add(at.sequence()))));
    long first = device.publish(new Sized("good"));
    assertThatThrownBy(() -> device.publish(new Sized("throws")))
        .isInstanceOf(IllegalStateException.class);
    long second = device.publish(new Sized("negative"));
    device.awaitQuiet();
    assertThat(second).isEqualTo(first + 1);
    assertThat(handled).containsExactly(first, second);
    assertThat(inbox.get().counts().waitingBytes()).isZero();
  }
}
