package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bus.Bytes;
import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import dev.sonde.event.input.Key;
import dev.sonde.event.input.KeyAction;
import dev.sonde.event.input.KeyEvent;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What floods one inbox takes no room in another, and large events take no more than was asked
/// for.
class IsolationTest {

  private static final int PUBLISHERS = 2;
  private static final int FLOOD_EACH = 1_000_000;
  private static final int FLOOD_PER_KEY = 20_000;
  private static final int KEYS = PUBLISHERS * FLOOD_EACH / FLOOD_PER_KEY;

  private final Device device = new Device();
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    device.close();
  }

  /// A module that hears keys, the flood, and both. Its inbox of keys has room for all of them, and
  /// for nothing else.
  private final class Hearer {
    private final List<Long> presses = new CopyOnWriteArrayList<>();
    private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();

    Hearer(String name, Handler<Event> first) {
      device.module(
          name,
          context -> {
            open(context, Subscription.to(Number.class).capacity(16), first);
            open(context, Subscription.to(Number.class).named("newest").latest(), first);
            open(
                context,
                Subscription.of("stale").topics("test/*").dropNewest().capacity(100_000),
                first);
            open(context, Subscription.of("all").topics("test/*", "sonde/input/*"), first);
            open(
                context,
                Subscription.to(KeyEvent.class).named("keys").capacity(KEYS),
                (key, at) -> presses.add(((KeyEvent) key).press()));
          });
    }

    private void open(
        ModuleContext context, Subscription<? extends Event> subscription, Handler<Event> handler) {
      inboxes.put(subscription.name(), context.on(subscription, handler));
    }

    InboxCounts counts(String name) {
      return inboxes.get(name).counts();
    }
  }

  @Test
  void shouldNeverLoseAKeyToAFlood() {
    Hearer held = new Hearer("held", (event, at) -> gate.await());
    Hearer quick = new Hearer("quick", (event, at) -> {});
    device.publish(new Number(-1));

    AtomicInteger presses = new AtomicInteger();
    Together.run(
        PUBLISHERS,
        p -> {
          for (int i = 1; i <= FLOOD_EACH; i++) {
            device.publish(new Number(i));
            if (i % FLOOD_PER_KEY == 0) {
              device.publish(new KeyEvent(Key.OK, KeyAction.PRESS, presses.incrementAndGet()));
            }
          }
        });
    assertThat(held.counts("keys")).isEqualTo(new InboxCounts(KEYS, 0, KEYS, 0, 0, 0, 0, 0, 0, 0));
    gate.countDown();
    device.awaitQuiet();

    for (Hearer hearer : List.of(held, quick)) {
      assertThat(hearer.presses)
          .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, KEYS).boxed().toList());
      assertThat(hearer.counts("keys").missed()).isZero();
      assertThat(hearer.counts("all").matched())
          .isEqualTo(1 + PUBLISHERS * (long) FLOOD_EACH + KEYS);
      hearer.inboxes.forEach(
          (name, inbox) -> assertThat(inbox.counts().isBalanced()).as(name).isTrue());
    }
    assertThat(held.counts("newest").superseded()).isGreaterThan(PUBLISHERS * FLOOD_EACH - 2);
  }

  @Topic(value = "isolation/PACKET", key = "stream")
  record Packet(int stream, Bytes data) implements Event {
    @Override
    public int payloadBytes() {
      return data.length();
    }
  }

  /// Looked at all the time, by another thread, while several publish and the module sometimes
  /// stands still.
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void shouldHoldNoMoreBytesAndEventsThanAskedForAtAnyTime(long seed) {
    Semaphore pace = new Semaphore(0);
    List<Bounded> all = new CopyOnWriteArrayList<>();
    device.module(
        "large",
        context -> {
          RandomGenerator random = new SplittableRandom(seed);
          for (int i = 0; i < 4; i++) {
            Subscription<Packet> some =
                Subscription.to(Packet.class)
                    .named("inbox-" + i)
                    .capacity(1 + random.nextInt(200))
                    .capacityBytes(1 + random.nextInt(60_000));
            for (var each :
                List.of(
                    some,
                    some.named("newest-" + i).dropNewest(),
                    some.named("latest-" + i).latest())) {
              all.add(
                  new Bounded(
                      context.on(each, (packet, at) -> pace.acquire()), each.capacityBytes()));
            }
          }
        });
    Bytes source = Bytes.copyOf(new byte[20_000]);
    try (Watch _ = new Watch(() -> all.forEach(Bounded::check))) {
      Together.run(
          3,
          p -> {
            RandomGenerator random = new SplittableRandom(seed * 31 + p);
            for (int i = 0; i < 60_000; i++) {
              int size = random.nextInt(50) == 0 ? 0 : 1 + random.nextInt(2_000);
              int length = random.nextInt(500) == 0 ? source.length() : size;
              device.publish(new Packet(random.nextInt(150), source.slice(0, length)));
              if (random.nextInt(4) == 0) {
                pace.release(random.nextInt(12));
              }
            }
          });
      pace.release(Integer.MAX_VALUE / 2);
      device.awaitQuiet();
    }
    for (Bounded one : all) {
      assertThat(one.inbox.counts().waitingBytes()).as(one.inbox.name()).isZero();
      assertThat(one.inbox.counts().matched()).isEqualTo(180_000);
      assertThat(one.inbox.counts().overflow()).isPositive();
    }
  }

  private record Bounded(Inbox inbox, long capacityBytes) {

    void check() {
      InboxCounts counts = inbox.counts();
      if (!counts.isBalanced()
          || counts.waiting() > inbox.capacity()
          || counts.waitingBytes() > capacityBytes
          || counts.waitingBytes() < 0
          || (counts.waiting() == 0 && counts.waitingBytes() != 0)) {
        throw new AssertionError(
            inbox.name() + " of " + inbox.capacity() + ", " + capacityBytes + " bytes: " + counts);
      }
    }
  }
}
