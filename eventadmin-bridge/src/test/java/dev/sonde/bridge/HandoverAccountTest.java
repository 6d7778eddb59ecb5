package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The account of an inbox that changes hands: at a swap, when events are rebuilt, and when a
/// module is abandoned.
class HandoverAccountTest {

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int CAPACITY = 10;

  /// Where [NewShape] is built on a module's thread, as happens to events that wait.
  private static final AtomicReference<Rebuilding> REBUILDING = new AtomicReference<>();

  private final Device device = new Device();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final AtomicBoolean enough = new AtomicBoolean();
  private final AtomicReference<Thread> hung = new AtomicReference<>();

  private record Rebuilding(CountDownLatch begun, CountDownLatch mayGoOn) {}

  @Topic("handover/SHAPE")
  record OldShape(long number) implements Event {}

  @Topic("handover/SHAPE")
  record NewShape(long number) implements Event {
    NewShape {
      if (Thread.currentThread().isVirtual()) {
        REBUILDING.get().begun.countDown();
        Awaiting.latch(REBUILDING.get().mayGoOn);
      }
    }
  }

  @Topic("handover/SHAPE")
  record OtherShape(long number, String colour) implements Event {}

  @BeforeEach
  void rebuild() {
    REBUILDING.set(new Rebuilding(new CountDownLatch(1), new CountDownLatch(1)));
  }

  @AfterEach
  void close() {
    enough.set(true);
    gate.countDown();
    REBUILDING.get().mayGoOn.countDown();
    device.close();
  }

  private void hang() {
    hung.set(Thread.currentThread());
    hanging.countDown();
    while (gate.getCount() > 0) {
      try {
        gate.await();
      } catch (InterruptedException e) {
        // Ignores it, as hanging code does.
      }
    }
  }

  private void letGo() {
    gate.countDown();
    Awaiting.end(hung.get());
  }

  private static <E extends Event> Subscription<E> shape(
      Class<E> type, Overflow policy, LongConsumer lagged) {
    Subscription<E> any = Subscription.to(type).named("shape").capacity(CAPACITY).onLagged(lagged);
    return switch (policy) {
      case DROP_OLDEST -> any;
      case DROP_NEWEST -> any.dropNewest();
      case LATEST -> any.latest();
    };
  }

  /// Leaves as many old events waiting as there is room for, with no module to handle them.
  private void leaveWaiting(Overflow policy) {
    HostedModule old =
        device.module(
            "shapes", c -> c.on(shape(OldShape.class, policy, missed -> {}), (shape, at) -> {}));
    assertThat(old.stop(true, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);
    for (int i = 1; i <= CAPACITY; i++) {
      device.publish(new OldShape(i));
    }
  }

  @ParameterizedTest
  @EnumSource(Overflow.class)
  void shouldPutWhatWasRebuiltBeforeWhatArrivedMeanwhile(Overflow policy) {
    leaveWaiting(policy);
    List<Long> handled = new CopyOnWriteArrayList<>();
    HostedModule next =
        device.host(
            "shapes",
            c ->
                c.on(
                    shape(NewShape.class, policy, missed -> handled.add(-missed)),
                    (shape, at) -> handled.add(shape.number())));
    CompletionStage<Void> started = next.start();
    Awaiting.latch(REBUILDING.get().begun);
    for (int i = 1; i <= 3; i++) {
      device.publish(new NewShape(CAPACITY + i));
    }
    REBUILDING.get().mayGoOn.countDown();
    Awaiting.result(started);
    device.awaitQuiet();

    List<Long> expected =
        switch (policy) {
          case DROP_OLDEST -> LongStream.of(-3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13).boxed().toList();
          case DROP_NEWEST -> LongStream.of(-3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).boxed().toList();
          case LATEST -> List.of(13L);
        };
    assertThat(handled).isEqualTo(expected);
    InboxCounts counts = next.inboxes().getFirst().counts();
    assertThat(counts.isBalanced()).isTrue();
    assertThat(counts.matched()).isEqualTo(CAPACITY + 3);
    assertThat(counts.superseded()).isEqualTo(policy == Overflow.LATEST ? CAPACITY + 2 : 0);
  }

  @Test
  void shouldTellWhatCanNotBeRebuilt() {
    leaveWaiting(Overflow.DROP_OLDEST);
    List<Long> handled = new CopyOnWriteArrayList<>();
    HostedModule next =
        device.module(
            "shapes",
            c ->
                c.on(
                    shape(OtherShape.class, Overflow.DROP_OLDEST, missed -> handled.add(-missed)),
                    (shape, at) -> handled.add(shape.number())));
    device.publish(new OtherShape(11, "red"));
    device.awaitQuiet();
    assertThat(handled).containsExactly(-10L, 11L);
    assertThat(next.inboxes().getFirst().counts())
        .isEqualTo(new InboxCounts(11, 1, 0, 0, 0, 0, 0, 10, 0, 0));
  }

  /// What the next version asks for, and what that leaves of events 1 to 10 and of one text.
  enum Less {
    EXCEPT(to -> to.topics("test/*", "handover/*").except("handover/SHAPE"), "text"),
    TYPES(to -> to.topics("test/other/*"), "text"),
    CAPACITY(to -> to.topics("handover/*", "test/*").capacity(3), "-8 9 10 text"),
    NEWEST_GOES(to -> to.topics("handover/*", "test/*").capacity(3).dropNewest(), "-8 1 2 3"),
    LATEST(to -> to.topics("*").latest(), "10 text");

    private final UnaryOperator<Subscription<Event>> change;
    private final String handled;

    Less(UnaryOperator<Subscription<Event>> change, String handled) {
      this.change = change;
      this.handled = handled;
    }
  }

  @ParameterizedTest
  @EnumSource(Less.class)
  void shouldNotDeliverWhatTheNextVersionDoesNotAskFor(Less less) {
    Subscription<Event> wide = Subscription.of("shape").capacity(CAPACITY + 1);
    HostedModule old = device.module("shapes", c -> c.on(wide.topics("*"), (event, at) -> {}));
    assertThat(old.stop(true, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY);
    for (int i = 1; i <= CAPACITY; i++) {
      device.publish(new OldShape(i));
    }
    device.publish(new Text("text"));
    List<String> handled = new CopyOnWriteArrayList<>();
    HostedModule next =
        device.module(
            "shapes",
            c ->
                c.on(
                    less.change.apply(wide).onLagged(missed -> handled.add("-" + missed)),
                    (event, at) ->
                        handled.add(
                            event instanceof OldShape shape
                                ? String.valueOf(shape.number())
                                : "text")));
    device.awaitQuiet();

    assertThat(String.join(" ", handled)).isEqualTo(less.handled);
    InboxCounts counts = next.inboxes().getFirst().counts();
    assertThat(counts.isBalanced()).isTrue();
    assertThat(counts.matched()).isEqualTo(CAPACITY + 1);
    assertThat(counts.incompatible()).isZero();
    boolean fewer = less == Less.EXCEPT || less == Less.TYPES;
    assertThat(counts.expired()).isEqualTo(fewer ? CAPACITY : 0);
  }

  @Test
  void shouldNotRebuildWhatTheNextVersionLeavesOut() {
    leaveWaiting(Overflow.DROP_OLDEST);
    List<Long> handled = new CopyOnWriteArrayList<>();
    HostedModule next =
        device.module(
            "shapes",
            c ->
                c.on(
                    shape(OldShape.class, Overflow.DROP_OLDEST, missed -> handled.add(-missed))
                        .except("handover/SHAPE"),
                    (shape, at) -> handled.add(shape.number())));
    device.awaitQuiet();
    assertThat(handled).isEmpty();
    assertThat(next.inboxes().getFirst().counts())
        .isEqualTo(new InboxCounts(CAPACITY, 0, 0, 0, 0, 0, CAPACITY, 0, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldAccountForWhatAModuleWasRebuildingWhenItWasAbandoned(boolean keepInboxes) {
    leaveWaiting(Overflow.DROP_OLDEST);
    List<Long> handled = new CopyOnWriteArrayList<>();
    AtomicReference<Thread> left = new AtomicReference<>();
    HostedModule hanging =
        device.host(
            "shapes",
            c -> {
              left.set(Thread.currentThread());
              c.on(
                  shape(NewShape.class, Overflow.DROP_OLDEST, missed -> {}),
                  (shape, at) -> handled.add(-shape.number()));
            });
    var _ = hanging.start();
    Rebuilding first = REBUILDING.get();
    Awaiting.latch(first.begun);
    device.publish(new NewShape(CAPACITY + 1));
    Inbox inbox = hanging.inboxes().getFirst();
    assertThat(hanging.stop(keepInboxes, SHORT)).isEqualTo(Stopped.ABANDONED);

    assertThat(inbox.counts().waiting()).isEqualTo(keepInboxes ? CAPACITY : 0);
    device.module(
        "shapes",
        c ->
            c.on(
                shape(OldShape.class, Overflow.DROP_OLDEST, missed -> handled.add(-missed)),
                (shape, at) -> handled.add(shape.number())));
    device.awaitQuiet();
    first.mayGoOn.countDown();
    Awaiting.until("the thread that was left ends", () -> !left.get().isAlive());
    device.publish(new OldShape(CAPACITY + 2));
    device.awaitQuiet();

    assertThat(handled)
        .isEqualTo(
            keepInboxes
                ? List.of(-1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L)
                : List.of(12L));
    assertThat(inbox.counts())
        .isEqualTo(
            keepInboxes
                ? new InboxCounts(12, 11, 0, 0, 1, 0, 0, 0, 0, 0)
                : new InboxCounts(11, 0, 0, 0, 0, 0, 11, 0, 0, 0));
  }

  @Test
  void shouldKeepWhatWaitsForTheNextVersion() {
    List<Long> handled = new CopyOnWriteArrayList<>();
    HostedModule first =
        device.module(
            "kept",
            c ->
                c.on(
                    Number.class,
                    (number, at) -> {
                      handled.add(number.value());
                      hanging.countDown();
                      gate.await();
                    }));
    for (int i = 1; i <= 5; i++) {
      device.publish(new Number(i));
    }
    Awaiting.latch(hanging);
    Thread stopping =
        Thread.ofPlatform()
            .daemon()
            .start(() -> assertThat(first.stop(true, Device.DEADLINE)).isEqualTo(Stopped.CLEANLY));
    Awaiting.until(
        "the module was told to stop", () -> stopping.getState() == Thread.State.TIMED_WAITING);
    gate.countDown();
    Awaiting.until("the module has stopped", () -> !stopping.isAlive());

    assertThat(handled).containsExactly(1L);
    assertThat(first.inboxes().getFirst().counts().waiting()).isEqualTo(4);
    device.module("kept", c -> c.on(Number.class, (number, at) -> handled.add(-number.value())));
    device.awaitQuiet();
    assertThat(handled).containsExactly(1L, -2L, -3L, -4L, -5L);
  }

  @ParameterizedTest
  @CsvSource({"DROP_OLDEST,true", "DROP_OLDEST,false", "DROP_NEWEST,true", "DROP_NEWEST,false"})
  void shouldNotCountAsDeliveredWhatALagListenerHeldBack(Overflow policy, boolean keepInboxes) {
    List<Long> handled = new CopyOnWriteArrayList<>();
    HostedModule lagging =
        device.module(
            "lagging",
            c -> {
              c.on(
                  shape(OldShape.class, policy, missed -> hang()),
                  (shape, at) -> handled.add(shape.number()));
              for (int i = 1; i <= CAPACITY + 1; i++) {
                c.publish(new OldShape(i));
              }
            });
    Awaiting.latch(hanging);
    Inbox inbox = lagging.inboxes().getFirst();
    assertThat(lagging.stop(keepInboxes, SHORT)).isEqualTo(Stopped.ABANDONED);
    letGo();

    assertThat(handled).isEmpty();
    assertThat(inbox.counts())
        .isEqualTo(
            keepInboxes
                ? new InboxCounts(CAPACITY + 1, 0, CAPACITY - 1, 0, 1, 0, 1, 0, 0, 0)
                : new InboxCounts(CAPACITY + 1, 0, 0, 0, 1, 0, CAPACITY, 0, 0, 0));
  }

  /// The module hangs in the middle of a flood that goes on all the while.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldAccountForWhatAnAbandonedModuleLeaves(boolean keepInboxes) {
    AtomicBoolean mayHang = new AtomicBoolean();
    List<Account> accounts = new CopyOnWriteArrayList<>();
    Subscription<Number> numbers = Subscription.to(Number.class);
    for (Subscription<? extends Event> one :
        List.of(
            numbers.capacity(100),
            numbers.named("newest").capacity(50).dropNewest(),
            Subscription.of("latest").topics("test/*").capacity(1).latest())) {
      accounts.add(
          new Account(
              one,
              (event, at) -> {
                if (mayHang.compareAndSet(true, false)) {
                  hang();
                }
              }));
    }
    Device.Start opening = c -> accounts.forEach(account -> account.open(c));
    HostedModule first = device.module("abandoned", opening);
    long[] published = new long[2];
    Together flood =
        Together.start(
            2,
            p -> {
              while (!enough.get()) {
                device.publish(new Number(published[p]++));
              }
            });
    try (Watch _ = new Watch(() -> accounts.forEach(Account::checkNow))) {
      Awaiting.until("events flow", () -> accounts.getFirst().entered() > 1_000);
      mayHang.set(true);
      Awaiting.latch(hanging);
      assertThat(first.stop(keepInboxes, SHORT)).isEqualTo(Stopped.ABANDONED);
      List<InboxCounts> left = accounts.stream().map(Account::counts).toList();
      if (keepInboxes) {
        device.module("abandoned", opening);
      }
      letGo();
      enough.set(true);
      flood.join();
      device.awaitQuiet();
      device.publish(new Number(-1));
      device.awaitQuiet();
      if (!keepInboxes) {
        assertThat(accounts.stream().map(Account::counts)).isEqualTo(left);
      }
    }
    accounts.forEach(Account::checkQuiet);
    if (keepInboxes) {
      long matched = published[0] + published[1] + 1;
      accounts.forEach(account -> account.checkQuietAndTold(matched));
    }
    assertThat(accounts.stream().mapToLong(account -> account.counts().interrupted()).sum())
        .isEqualTo(1);
  }
}
