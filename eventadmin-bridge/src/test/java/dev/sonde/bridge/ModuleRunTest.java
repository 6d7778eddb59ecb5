package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bridge.Device.Level;
import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.RevokedException;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Source;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import dev.sonde.event.module.ForkFailed;
import dev.sonde.event.module.HandlerFailed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleRunTest {

  private static final Duration SHORT = Duration.ofMillis(400);

  private final Device device = new Device();

  @AfterEach
  void close() {
    device.close();
  }

  @Test
  void shouldGoOnAfterAHandlerThrewAndSaySo() {
    List<HandlerFailed> failures = new CopyOnWriteArrayList<>();
    List<Long> handled = new CopyOnWriteArrayList<>();
    AtomicReference<Inbox> inbox = new AtomicReference<>();
    device.module("watch", c -> c.on(HandlerFailed.class, (failed, at) -> failures.add(failed)));
    device.module(
        "failing",
        c ->
            inbox.set(
                c.on(
                    Number.class,
                    (number, at) -> {
                      if (number.value() == 1) {
                        throw new IllegalStateException("one");
                      } else if (number.value() == 2) {
                        throw new StackOverflowError("two");
                      }
                      Thread.currentThread().interrupt();
                      handled.add(number.value());
                    })));
    long first = device.publish(new Number(1));
    for (int i = 2; i <= 5; i++) {
      device.publish(new Number(i));
    }
    device.awaitQuiet();

    assertThat(handled).containsExactly(3L, 4L, 5L);
    assertThat(failures).hasSize(2);
    assertThat(failures.getFirst().name()).isEqualTo("failing");
    assertThat(failures.getFirst().sequence()).isEqualTo(first);
    assertThat(failures.getFirst().error()).contains("IllegalStateException: one");
    assertThat(failures.getFirst().where()).contains("ModuleRunTest");
    assertThat(inbox.get().counts().failed()).isEqualTo(2);
    assertThat(inbox.get().counts().delivered()).isEqualTo(5);
    assertThat(device.faults).hasSize(2);
  }

  @Test
  void shouldNotFeedFailuresBackToAFailingHandlerOfFailures() {
    AtomicInteger calls = new AtomicInteger();
    device.module(
        "hopeless",
        c ->
            c.on(
                HandlerFailed.class,
                (failed, at) -> {
                  calls.incrementAndGet();
                  throw new IllegalStateException("again");
                }));
    device.module(
        "failing",
        c ->
            c.on(
                Number.class,
                (number, at) -> {
                  throw new IllegalStateException("first");
                }));
    device.publish(new Number(1));
    device.awaitQuiet();
    assertThat(calls).hasValue(1);
  }

  @Test
  void shouldTellWhenStartFails() {
    HostedModule hosted =
        device.host(
            "broken",
            context -> {
              context.on(Number.class, (number, at) -> {});
              throw new IllegalStateException("no antenna");
            });
    assertThatThrownBy(() -> hosted.start().toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("no antenna");
    device.forget("broken");
    assertThat(device.bus.wanted(Number.class)).isFalse();
  }

  @Test
  void shouldDrainWhatWaitsBeforeItStops() {
    List<Object> done = new CopyOnWriteArrayList<>();
    CountDownLatch gate = new CountDownLatch(1);
    HostedModule hosted =
        device.start(
            "draining",
            new SondeModule() {
              @Override
              public void start(ModuleContext context) {
                context.on(Text.class, (text, at) -> gate.await());
                context.on(Number.class, (number, at) -> done.add(number.value()));
              }

              @Override
              public void stop() {
                done.add("stop");
              }
            });
    device.publish(new Text("block"));
    device.publish(new Number(1));
    device.publish(new Number(2));
    gate.countDown();
    assertThat(hosted.stop(false, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);
    assertThat(done).containsExactly(1L, 2L, "stop");
    assertThat(device.bus.wanted(Number.class)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldDrainWhatIsLeftWhenAllElseThatItSawIsLost(int subscriptions) {
    List<Long> handled = new CopyOnWriteArrayList<>();
    Semaphore entered = new Semaphore(0);
    Semaphore mayReturn = new Semaphore(0);
    HostedModule hosted =
        device.module(
            "draining",
            c -> {
              for (int i = 1; i < subscriptions; i++) {
                c.on(Text.class, (text, at) -> {});
              }
              c.on(
                  Subscription.to(Number.class).capacity(2),
                  (number, at) -> {
                    handled.add(number.value());
                    entered.release();
                    mayReturn.acquire();
                  });
            });
    device.publish(new Number(1));
    Awaiting.permit(entered);
    device.publish(new Number(2));
    device.publish(new Number(3));
    mayReturn.release();
    Awaiting.permit(entered);
    device.publish(new Number(4));
    device.publish(new Number(5));

    Thread stopping = Thread.ofPlatform().daemon().start(() -> hosted.stop(false, Device.DEADLINE));
    Mailbox mailbox = device.bus.mailbox("test.draining");
    Awaiting.until("it drains", () -> mailbox.agenda().phase() == Agenda.Phase.DRAINING);
    mayReturn.release(3);
    Awaiting.until("it has stopped", () -> !stopping.isAlive());

    assertThat(handled).containsExactly(1L, 2L, 4L, 5L);
  }

  @Test
  void shouldAbandonAModuleThatDoesNotEndAndRevokeItsContext() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    AtomicReference<ModuleContext> context = new AtomicReference<>();
    AtomicReference<Inbox> inbox = new AtomicReference<>();
    HostedModule hosted =
        device.module(
            "stubborn",
            c -> {
              context.set(c);
              inbox.set(
                  c.on(
                      Number.class,
                      (number, at) -> {
                        entered.countDown();
                        while (never.getCount() > 0) {
                          try {
                            never.await();
                          } catch (InterruptedException e) {
                            // Ignores it, as hanging code does.
                          }
                        }
                      }));
            });
    device.publish(new Number(1));
    device.publish(new Number(2));
    entered.await();
    assertThat(hosted.stack()).isNotEmpty();

    assertThat(hosted.stop(false, SHORT)).isEqualTo(Stopped.ABANDONED);

    assertThat(inbox.get().counts().interrupted()).isEqualTo(1);
    assertThat(inbox.get().counts().expired()).isEqualTo(1);
    assertThat(inbox.get().counts().isBalanced()).isTrue();
    assertThatThrownBy(() -> context.get().publish(new Number(3)))
        .isInstanceOf(RevokedException.class);
    assertThatThrownBy(() -> context.get().on(Text.class, (text, at) -> {}))
        .isInstanceOf(RevokedException.class);
    never.countDown();
  }

  @Test
  void shouldNotLetAnAbandonedThreadTakeTheNextVersionsEvents() throws InterruptedException {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    AtomicReference<Thread> abandoned = new AtomicReference<>();
    List<Long> old = new CopyOnWriteArrayList<>();
    HostedModule first =
        device.module(
            "replaced",
            c ->
                c.on(
                    Number.class,
                    (number, at) -> {
                      abandoned.set(Thread.currentThread());
                      entered.countDown();
                      while (gate.getCount() > 0) {
                        try {
                          gate.await();
                        } catch (InterruptedException e) {
                          // Ignores it, as hanging code does.
                        }
                      }
                      old.add(number.value());
                    }));
    device.publish(new Number(1));
    entered.await();
    assertThat(first.stop(true, SHORT)).isEqualTo(Stopped.ABANDONED);

    List<Long> handled = new CopyOnWriteArrayList<>();
    AtomicReference<Inbox> inbox = new AtomicReference<>();
    device.module(
        "replaced",
        c -> inbox.set(c.on(Number.class, (number, at) -> handled.add(number.value()))));
    gate.countDown();
    abandoned.get().join();
    for (int i = 2; i <= 100; i++) {
      device.publish(new Number(i));
    }
    device.awaitQuiet();

    assertThat(old).containsExactly(1L);
    assertThat(handled).hasSize(99);
    assertThat(inbox.get().counts().interrupted()).isEqualTo(1);
    assertThat(inbox.get().counts().delivered()).isEqualTo(100);
  }

  record State(String name, int count) {}

  record NewState(String name) {}

  record OtherState(String name, double weight) {}

  @Test
  void shouldKeepStateWhenInboxesAreForgotten() {
    HostedModule first =
        device.start("swapped", context -> context.saveState(new State("counted", 3)));
    assertThat(first.stop(true, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);
    device.forget("swapped");
    AtomicReference<Optional<NewState>> restored = new AtomicReference<>();
    device.module("swapped", context -> restored.set(context.restoredState(NewState.class)));
    assertThat(restored.get()).contains(new NewState("counted"));
  }

  @Test
  void shouldKeepInboxesAndStateForTheNextVersion() {
    List<Long> handled = new CopyOnWriteArrayList<>();
    AtomicReference<ModuleContext> old = new AtomicReference<>();
    HostedModule first =
        device.start(
            "swapped",
            new SondeModule() {
              @Override
              public void start(ModuleContext context) {
                old.set(context);
                context.on(Number.class, (number, at) -> handled.add(number.value()));
                context.on(Level.class, (level, at) -> {});
              }

              @Override
              public void stop() {
                old.get().saveState(new State("counted", 3));
              }
            });
    device.publish(new Number(1));
    device.awaitQuiet();
    assertThat(first.stop(true, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);
    device.publish(new Number(2));
    device.publish(new Number(3));

    AtomicReference<Optional<NewState>> restored = new AtomicReference<>();
    AtomicReference<Optional<OtherState>> other = new AtomicReference<>();
    AtomicReference<Inbox> inbox = new AtomicReference<>();
    device.module(
        "swapped",
        c -> {
          restored.set(c.restoredState(NewState.class));
          other.set(c.restoredState(OtherState.class));
          inbox.set(c.on(Number.class, (number, at) -> handled.add(number.value())));
        });
    device.publish(new Number(4));
    device.awaitQuiet();

    assertThat(handled).containsExactly(1L, 2L, 3L, 4L);
    assertThat(restored.get()).contains(new NewState("counted"));
    assertThat(other.get()).isEmpty();
    assertThat(inbox.get().counts().matched()).isEqualTo(4);
    assertThat(inbox.get().counts().delivered()).isEqualTo(4);
    assertThat(device.bus.wanted(Level.class)).isFalse();
  }

  @Test
  void shouldRefuseTwoSubscriptionsOfOneName() {
    HostedModule hosted =
        device.host(
            "twice",
            c -> {
              c.on(Number.class, (number, at) -> {});
              c.on(Number.class, (number, at) -> {});
            });
    assertThatThrownBy(() -> hosted.start().toCompletableFuture().join())
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("named");
  }

  @Test
  void shouldRunForksBesideAndCancelThemWithTheModule() {
    CountDownLatch cancelled = new CountDownLatch(1);
    AtomicReference<Thread> thread = new AtomicReference<>();
    List<Long> handled = new CopyOnWriteArrayList<>();
    CountDownLatch produced = new CountDownLatch(1);
    HostedModule hosted =
        device.module(
            "forking",
            c -> {
              c.on(Number.class, (number, at) -> handled.add(number.value()));
              c.fork(
                  "source",
                  new Source() {
                    @Override
                    public void run() throws InterruptedException {
                      thread.set(Thread.currentThread());
                      c.publish(new Number(1));
                      produced.countDown();
                      cancelled.await();
                    }

                    @Override
                    public void cancel() {
                      cancelled.countDown();
                    }
                  });
            });
    Awaiting.latch(produced);
    device.awaitQuiet();
    assertThat(handled).containsExactly(1L);
    assertThat(thread.get().getName()).isEqualTo("sonde-forking-source");
    assertThat(thread.get().isVirtual()).isFalse();
    assertThat(hosted.stop(false, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);
    assertThat(thread.get().isAlive()).isFalse();
  }

  @Test
  void shouldPublishThatAForkFailed() {
    CountDownLatch told = new CountDownLatch(1);
    List<ForkFailed> failures = new CopyOnWriteArrayList<>();
    device.module(
        "watch",
        c ->
            c.on(
                ForkFailed.class,
                (failed, at) -> {
                  failures.add(failed);
                  told.countDown();
                }));
    device.module(
        "forking",
        c ->
            c.fork(
                "source",
                new Source() {
                  @Override
                  public void run() {
                    throw new IllegalStateException("cable pulled");
                  }

                  @Override
                  public void cancel() {}
                }));
    Awaiting.latch(told);
    assertThat(failures)
        .containsExactly(
            new ForkFailed("forking", "source", "java.lang.IllegalStateException: cable pulled"));
    assertThat(device.faults)
        .containsExactly("FORK source java.lang.IllegalStateException: cable pulled");
  }

  @Test
  void shouldAnswerQuestionsOnTheAskersThread() {
    device.module(
        "answering",
        c -> c.on(Number.class, (number, at) -> c.publish(new Text("is " + number.value()))));
    AtomicReference<Text> answer = new AtomicReference<>();
    AtomicReference<String> thread = new AtomicReference<>();
    CountDownLatch answered = new CountDownLatch(1);
    device.module(
        "asking",
        c ->
            c.ask(new Number(5), Text.class, Device.DEADLINE)
                .thenAccept(
                    text -> {
                      answer.set(text);
                      thread.set(Thread.currentThread().getName());
                      answered.countDown();
                    }));
    Awaiting.latch(answered);
    assertThat(answer.get()).isEqualTo(new Text("is 5"));
    assertThat(thread.get()).isEqualTo("sonde-asking");
  }

  @Test
  void shouldTimeOutAQuestionThatNobodyAnswers() {
    BundleBus service = new BundleBus(device.bus, "test");
    assertThatThrownBy(
            () ->
                service
                    .ask(new Number(5), Text.class, Duration.ofMillis(50))
                    .toCompletableFuture()
                    .join())
        .hasRootCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void shouldMakePatientSourcesWaitForPacingSubscriptions() throws InterruptedException {
    CountDownLatch gate = new CountDownLatch(1);
    AtomicReference<Inbox> inbox = new AtomicReference<>();
    device.module(
        "pacing",
        c -> {
          c.on(Text.class, (text, at) -> gate.await());
          inbox.set(c.on(Subscription.to(Number.class).capacity(10).pacing(), (number, at) -> {}));
        });
    assertThat(device.bus.awaitRoom(Duration.ofMillis(1))).isTrue();
    device.publish(new Text("block"));
    for (int i = 0; i < 6; i++) {
      device.publish(new Number(i));
    }
    assertThat(device.bus.awaitRoom(Duration.ofMillis(20))).isFalse();
    Thread source =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 1_000; i++) {
                      device.bus.awaitRoom(Device.DEADLINE);
                      device.publish(new Number(i));
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    gate.countDown();
    source.join();
    device.awaitQuiet();
    assertThat(inbox.get().counts().missed()).isZero();
    assertThat(inbox.get().counts().delivered()).isEqualTo(1_006);
  }
}
