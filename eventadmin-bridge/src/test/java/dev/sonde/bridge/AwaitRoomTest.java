package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Event;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Overflow;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sources that wait for room: they lose nothing, and never wait for somebody who is gone.
class AwaitRoomTest {

  private static final Duration SHORT = Duration.ofMillis(300);

  /// Longer than any test waits: who is not woken does not come back by its deadline either.
  private static final Duration HOUR = Duration.ofHours(1);

  private static final int CAPACITY = 8;
  private static final long SEED = 20_261_123;

  private final Device device = new Device();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    device.close();
  }

  private static Subscription<Number> numbers(int capacity) {
    return Subscription.to(Number.class).capacity(capacity).pacing();
  }

  private boolean awaitRoom(Duration deadline) {
    try {
      return device.bus.awaitRoom(deadline);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitRoom() {
    assertThat(awaitRoom(HOUR)).as("room in time").isTrue();
  }

  private boolean hasRoom() {
    return awaitRoom(Duration.ZERO);
  }

  /// Somebody who waits for room, on a thread of its own.
  private final class Waiter {
    private final CompletableFuture<Boolean> result = new CompletableFuture<>();
    private final Thread thread;

    Waiter(Duration deadline) {
      thread =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try {
                      result.complete(device.bus.awaitRoom(deadline));
                    } catch (InterruptedException e) {
                      result.completeExceptionally(e);
                    }
                  });
    }

    static Waiter waiting(AwaitRoomTest test) {
      Waiter waiter = test.new Waiter(HOUR);
      Awaiting.until(
          "somebody waits", () -> waiter.thread.getState() == Thread.State.TIMED_WAITING);
      return waiter;
    }

    boolean join() {
      return Awaiting.result(result);
    }
  }

  /// A module with a pacing inbox that is full and stays so, since its handler waits.
  private final class Full {
    private final HostedModule module;
    private final AtomicReference<Inbox> inbox = new AtomicReference<>();
    private final CountDownLatch held = new CountDownLatch(1);

    Full(String name) {
      module =
          device.module(
              name,
              c -> {
                inbox.set(
                    c.on(
                        numbers(CAPACITY).named("paced"),
                        (number, at) -> {
                          held.countDown();
                          gate.await();
                        }));
              });
      device.publish(new Number(0));
      Awaiting.latch(held);
      for (int i = 0; i < CAPACITY; i++) {
        device.publish(new Number(i));
      }
    }

    InboxCounts counts() {
      return inbox.get().counts();
    }
  }

  @Test
  void shouldLoseNothingWithSeveralPacingSubscriptions() {
    int events = 20_000;
    List<AtomicReference<Inbox>> inboxes = new ArrayList<>();
    List<Subscription<? extends Event>> subscriptions =
        List.of(
            numbers(1),
            numbers(2).dropNewest(),
            numbers(3),
            numbers(16).named("second of one"),
            numbers(1_000).dropNewest(),
            Subscription.of("prefix").topics("test/*").capacity(5).pacing());
    for (int i = 0; i < subscriptions.size(); i++) {
      int number = i;
      AtomicReference<Inbox> inbox = new AtomicReference<>();
      inboxes.add(inbox);
      device.module(
          "paced-" + i,
          c -> {
            inbox.set(
                c.on(
                    subscriptions.get(number),
                    (event, at) -> {
                      if (at.sequence() % (100 * (number + 1)) == 0) {
                        LockSupport.parkNanos(100_000);
                      }
                    }));
            if (number == 3) {
              inboxes.add(new AtomicReference<>(c.on(numbers(4), (event, at) -> {})));
            }
          });
    }
    Together.run(
        1,
        _ -> {
          for (int i = 0; i < events; i++) {
            awaitRoom();
            device.publish(new Number(i));
          }
        });
    device.awaitQuiet();
    assertThat(inboxes).hasSize(7);
    for (AtomicReference<Inbox> inbox : inboxes) {
      assertThat(inbox.get().counts())
          .as(inbox.get().name())
          .isEqualTo(new InboxCounts(events, events, 0, 0, 0, 0, 0, 0, 0, 0));
    }
  }

  @Test
  void shouldLoseNothingToSeveralSourcesThatWait() {
    int sources = 4;
    int each = 10_000;
    AtomicReference<Inbox> inbox = new AtomicReference<>();
    // At most half waits when a source looks; then each of them may publish one.
    device.module("paced", c -> inbox.set(c.on(numbers(2 * sources), (number, at) -> {})));
    Together.run(
        sources,
        _ -> {
          for (int i = 0; i < each; i++) {
            awaitRoom();
            device.publish(new Number(i));
          }
        });
    device.awaitQuiet();
    assertThat(inbox.get().counts().delivered()).isEqualTo((long) sources * each);
    assertThat(inbox.get().counts().missed()).isZero();
  }

  @Test
  void shouldWaitUntilHalfOfTheCapacityIsFree() {
    Full full = new Full("full");
    assertThat(full.counts().waiting()).isEqualTo(CAPACITY);
    Waiter waiter = Waiter.waiting(this);
    AtomicReference<Long> waitingThen = new AtomicReference<>();
    var _ = waiter.result.thenRun(() -> waitingThen.set(full.counts().waiting()));
    gate.countDown();
    assertThat(waiter.join()).isTrue();
    Awaiting.until("it has looked", () -> waitingThen.get() != null);
    assertThat(waitingThen.get()).isLessThanOrEqualTo(CAPACITY / 2);
    assertThat(device.bus.room().isAwaited()).isFalse();
  }

  @Topic("test/PARCEL")
  record Parcel(int payloadBytes) implements Event {}

  private static Subscription<Parcel> parcels(Overflow policy) {
    Subscription<Parcel> parcels =
        Subscription.to(Parcel.class).named("parcels").capacityBytes(1_000).pacing();
    return switch (policy) {
      case DROP_OLDEST -> parcels;
      case DROP_NEWEST -> parcels.dropNewest();
      case LATEST -> parcels.latest();
    };
  }

  @ParameterizedTest
  @EnumSource(Overflow.class)
  void shouldWaitUntilHalfOfTheBytesAreFree(Overflow policy) {
    Semaphore mayHandle = new Semaphore(0);
    AtomicReference<Inbox> inbox = new AtomicReference<>();
    device.module(
        "paced", c -> inbox.set(c.on(parcels(policy), (parcel, at) -> mayHandle.acquire())));
    device.publish(new Parcel(0));
    Awaiting.until("it is at the first", () -> inbox.get().counts().delivered() == 1);
    if (policy == Overflow.LATEST) {
      device.publish(new Parcel(600));
    } else {
      device.publish(new Parcel(500));
      assertThat(hasRoom()).as("half is free").isTrue();
      device.publish(new Parcel(100));
    }
    assertThat(hasRoom()).as("less than half is free").isFalse();
    Waiter waiter = Waiter.waiting(this);
    mayHandle.release();
    assertThat(waiter.join()).isTrue();
    assertThat(inbox.get().counts().waitingBytes()).isLessThanOrEqualTo(500);
    mayHandle.release(10);
  }

  /// Whatever waits, and however the inbox lost or was handed over what it has.
  @Test
  void shouldLoseNothingOfLargeEventsWhoeverReadsThem() {
    int events = 20_000;
    Random random = new Random(SEED);
    AtomicReference<Inbox> inbox = new AtomicReference<>();
    AtomicReference<Inbox> queue = new AtomicReference<>();
    device.module(
        "paced",
        c -> {
          inbox.set(c.on(parcels(Overflow.DROP_OLDEST), (parcel, at) -> {}));
          queue.set(
              c.on(
                  parcels(Overflow.DROP_NEWEST).named("queue"),
                  (parcel, at) -> {
                    if (at.sequence() % 1_000 == 0) {
                      LockSupport.parkNanos(100_000);
                    }
                  }));
        });
    for (int i = 0; i < events; i++) {
      awaitRoom();
      device.publish(new Parcel(random.nextInt(501)));
    }
    device.awaitQuiet();
    for (Inbox one : List.of(inbox.get(), queue.get())) {
      assertThat(one.counts()).isEqualTo(new InboxCounts(events, events, 0, 0, 0, 0, 0, 0, 0, 0));
    }
  }

  @Test
  void shouldCountTheBytesOfWhatAFormerVersionLeft() {
    HostedModule first =
        device.module("paced", c -> c.on(parcels(Overflow.DROP_OLDEST), (parcel, at) -> {}));
    first.stop(true, Device.DEADLINE);
    device.publish(new Parcel(900));
    assertThat(hasRoom()).isFalse();
    CompletableFuture<Void> entered = new CompletableFuture<>();
    device.module(
        "paced",
        c -> {
          c.on(parcels(Overflow.DROP_OLDEST), (parcel, at) -> entered.complete(null));
          assertThat(hasRoom()).as("before it is handled").isFalse();
        });
    Awaiting.result(entered);
    assertThat(hasRoom()).isTrue();
  }

  @Test
  void shouldNotWaitForThoseThatHaveRoomOrAreNotPacing() {
    CountDownLatch held = new CountDownLatch(1);
    device.module(
        "held",
        c -> {
          c.on(
              Text.class,
              (text, at) -> {
                held.countDown();
                gate.await();
              });
          c.on(Subscription.to(Number.class).capacity(CAPACITY), (number, at) -> {});
          c.on(numbers(4).named("paced"), (number, at) -> {});
        });
    device.publish(new Text("hold"));
    Awaiting.latch(held);
    assertThat(hasRoom()).isTrue();
    device.publish(new Number(1));
    device.publish(new Number(2));
    assertThat(hasRoom()).as("half is free").isTrue();
    device.publish(new Number(3));
    assertThat(hasRoom()).as("less than half is free").isFalse();
    assertThat(awaitRoom(Duration.ofSeconds(-5))).isFalse();
  }

  @Test
  void shouldSayWhenTheDeadlinePasses() {
    Full full = new Full("full");
    assertThat(new Waiter(Duration.ofMillis(20)).join()).isFalse();
    assertThat(device.bus.room().isAwaited()).isFalse();
    assertThat(full.counts().waiting()).isEqualTo(CAPACITY);
  }

  @Test
  void shouldEndWhenTheWaiterIsInterrupted() {
    Full full = new Full("full");
    Waiter interrupted = Waiter.waiting(this);
    Waiter other = Waiter.waiting(this);
    interrupted.thread.interrupt();
    assertThat(catchThrowable(interrupted::join))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(other.result).isNotDone();
    full.inbox.get().close();
    assertThat(other.join()).isTrue();
    assertThat(device.bus.room().isAwaited()).isFalse();
  }

  @Test
  void shouldNotWaitForAnInboxThatIsClosed() {
    Full full = new Full("full");
    Full another = new Full("another");
    assertThat(full.counts().waiting()).isEqualTo(CAPACITY);
    Waiter waiter = Waiter.waiting(this);
    full.inbox.get().close();
    assertThat(hasRoom()).isFalse();
    assertThat(waiter.result).as("while another is full").isNotDone();
    another.inbox.get().close();
    assertThat(waiter.join()).isTrue();
    assertThat(full.counts().waiting()).as("what waits is still delivered").isEqualTo(CAPACITY);
  }

  @Test
  void shouldNotWaitForAModuleThatIsAbandoned() {
    Full full = new Full("full");
    List<Waiter> waiters = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiters.add(Waiter.waiting(this));
    }
    // Its handler minds the interrupt, but too late.
    assertThat(full.module.stop(false, SHORT)).isEqualTo(Stopped.ABANDONED);
    assertThat(waiters).allMatch(Waiter::join);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldWaitForTheNextVersionOfAModuleUntilItIsForgotten(boolean comesBack) {
    Full full = new Full("full");
    Waiter waiter = Waiter.waiting(this);
    assertThat(full.module.stop(true, SHORT)).isEqualTo(Stopped.ABANDONED);
    assertThat(hasRoom()).isFalse();
    assertThat(waiter.result).as("while the module is away").isNotDone();
    if (comesBack) {
      gate.countDown();
      device.module("full", c -> c.on(numbers(CAPACITY).named("paced"), (number, at) -> {}));
    } else {
      device.forget("full");
    }
    assertThat(waiter.join()).isTrue();
  }

  @Test
  void shouldNotWaitForWhatTheNextVersionDoesNotClaim() {
    Full full = new Full("full");
    Waiter waiter = Waiter.waiting(this);
    assertThat(full.module.stop(true, SHORT)).isEqualTo(Stopped.ABANDONED);
    device.module("full", c -> c.on(numbers(CAPACITY).named("another"), (number, at) -> {}));
    assertThat(waiter.join()).isTrue();
  }

  @Test
  void shouldSeeTheRoomThatAnUninstalledBundleLeaves() {
    Full full = new Full("full");
    Waiter waiter = Waiter.waiting(this);
    assertThat(full.module.stop(true, SHORT)).isEqualTo(Stopped.ABANDONED);
    device.bus.purge(type -> type == Number.class);
    assertThat(waiter.join()).isTrue();
    assertThat(full.counts().expired()).isEqualTo(CAPACITY);
  }

  @Test
  void shouldRefuseToLetAModuleWaitForItself() {
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    CompletableFuture<Boolean> elsewhere = new CompletableFuture<>();
    device.module(
        "self",
        c -> {
          c.on(
              numbers(CAPACITY),
              (number, at) -> refused.complete(catchThrowable(() -> c.awaitRoom(SHORT))));
        });
    device.module(
        "other",
        c -> c.on(Number.class, (number, at) -> elsewhere.complete(c.awaitRoom(Device.DEADLINE))));
    device.publish(new Number(1));
    assertThat(refused.join())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("self");
    assertThat(elsewhere.join()).isTrue();
  }
}
