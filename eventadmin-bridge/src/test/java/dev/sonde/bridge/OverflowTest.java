package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Level;
import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Bytes;
import dev.sonde.bus.Event;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import dev.sonde.event.module.EventsMissed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverflowTest {

  private final Device device = new Device();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<Object> heard = new CopyOnWriteArrayList<>();
  private final AtomicReference<Inbox> inbox = new AtomicReference<>();

  @AfterEach
  void close() {
    gate.countDown();
    device.close();
  }

  @Topic("test/PACKET")
  record Packet(Bytes data) implements Event {
    @Override
    public int payloadBytes() {
      return data.length();
    }
  }

  /// A module whose first event holds it until the gate opens.
  private <E extends Event> void blocked(Class<E> type, UnaryOperator<Subscription<E>> shape) {
    CountDownLatch entered = new CountDownLatch(1);
    device.module(
        "slow",
        context -> {
          context.on(
              Text.class,
              (text, at) -> {
                entered.countDown();
                gate.await();
              });
          inbox.set(
              context.on(
                  shape.apply(Subscription.to(type).onLagged(n -> heard.add("missed " + n))),
                  (event, at) -> heard.add(event)));
        });
    device.publish(new Text("block"));
    try {
      entered.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private InboxCounts release() {
    gate.countDown();
    device.awaitQuiet();
    InboxCounts counts = inbox.get().counts();
    assertThat(counts.isBalanced()).isTrue();
    return counts;
  }

  private static List<Object> numbers(long from, long to) {
    return java.util.stream.LongStream.rangeClosed(from, to).<Object>mapToObj(Number::new).toList();
  }

  @Test
  void shouldDropTheOldestAndTellBeforeTheNext() {
    blocked(Number.class, s -> s.capacity(8));
    for (int i = 1; i <= 20; i++) {
      device.publish(new Number(i));
    }
    assertThat(inbox.get().counts().waiting()).isEqualTo(8);

    InboxCounts counts = release();

    assertThat(heard.getFirst()).isEqualTo("missed 12");
    assertThat(heard.subList(1, heard.size())).isEqualTo(numbers(13, 20));
    assertThat(counts.matched()).isEqualTo(20);
    assertThat(counts.delivered()).isEqualTo(8);
    assertThat(counts.overflow()).isEqualTo(12);
  }

  @Test
  void shouldKeepExactlyItsCapacityWithoutLoss() {
    blocked(Number.class, s -> s.capacity(16));
    for (int i = 1; i <= 16; i++) {
      device.publish(new Number(i));
    }
    assertThat(release().missed()).isZero();
    assertThat(heard).isEqualTo(numbers(1, 16));
  }

  @Test
  void shouldDropTheNewest() {
    blocked(Number.class, s -> s.capacity(8).dropNewest());
    for (int i = 1; i <= 20; i++) {
      device.publish(new Number(i));
    }
    InboxCounts counts = release();
    assertThat(heard.getFirst()).isEqualTo("missed 12");
    assertThat(heard.subList(1, heard.size())).isEqualTo(numbers(1, 8));
    assertThat(counts.overflow()).isEqualTo(12);
  }

  @Test
  void shouldKeepOnlyTheLatestOfEachKey() {
    blocked(Level.class, s -> s.capacity(2).latest());
    device.publish(new Level("a", 1));
    device.publish(new Level("b", 1));
    device.publish(new Level("a", 2));
    device.publish(new Level("b", 2));
    device.publish(new Level("a", 3));
    device.publish(new Level("c", 1));

    InboxCounts counts = release();

    assertThat(heard).containsExactly("missed 1", new Level("a", 3), new Level("c", 1));
    assertThat(counts.superseded()).isEqualTo(3);
    assertThat(counts.overflow()).isEqualTo(1);
  }

  @Test
  void shouldStayWithinItsByteBound() {
    blocked(Packet.class, s -> s.capacityBytes(1_000));
    Packet packet = new Packet(Bytes.copyOf(new byte[300]));
    for (int i = 0; i < 10; i++) {
      device.publish(packet);
    }
    device.publish(new Packet(Bytes.copyOf(new byte[5_000])));
    assertThat(inbox.get().counts().waiting()).isEqualTo(3);
    assertThat(inbox.get().counts().waitingBytes()).isEqualTo(900);

    InboxCounts counts = release();

    assertThat(counts.delivered()).isEqualTo(3);
    assertThat(counts.overflow()).isEqualTo(8);
    assertThat(counts.waitingBytes()).isZero();
  }

  @Test
  void shouldPublishThatEventsWereMissed() {
    List<EventsMissed> published = new CopyOnWriteArrayList<>();
    device.module("watch", context -> context.on(EventsMissed.class, (e, at) -> published.add(e)));
    blocked(Number.class, s -> s.capacity(2).named("small"));
    for (int i = 0; i < 5; i++) {
      device.publish(new Number(i));
    }
    release();
    assertThat(published).containsExactly(new EventsMissed("slow", "small", 3, 3));
  }

  @Test
  void shouldPublishEachLossOnceAlsoThoseThatComeTooSoonAfterTheFirst() {
    List<EventsMissed> published = new CopyOnWriteArrayList<>();
    Semaphore passes = new Semaphore(0);
    device.module("watch", context -> context.on(EventsMissed.class, (e, at) -> published.add(e)));
    device.module(
        "slow",
        context -> {
          context.on(Text.class, (text, at) -> passes.acquire());
          inbox.set(context.on(Subscription.to(Number.class).capacity(2), (number, at) -> {}));
        });
    for (int lost = 1; lost <= 3; lost++) {
      device.publish(new Text("block"));
      for (int i = 0; i < 2 + lost; i++) {
        device.publish(new Number(i));
      }
      passes.release();
      device.awaitQuiet();
    }

    Awaiting.until(
        "the account of all six",
        () -> !published.isEmpty() && published.getLast().missedInAll() == 6);
    assertThat(published.stream().mapToLong(EventsMissed::missed).sum()).isEqualTo(6);
  }
}
