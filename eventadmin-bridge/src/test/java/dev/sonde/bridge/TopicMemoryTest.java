package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Level;
import dev.sonde.bridge.Device.Number;
import dev.sonde.bus.Event;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// However many topics and keys come by, what is kept of them is bounded.
class TopicMemoryTest {

  private static final int TOPICS = 300_000;
  private static final int SCREEN = 64;
  private static final int LOOK_EVERY = 1_000;

  private final Device device = new Device();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();

  @AfterEach
  void close() {
    gate.countDown();
    device.close();
  }

  private static PlainEvent plain(int number) {
    return new PlainEvent("memory/topic/" + number, Map.of("number", number));
  }

  private void on(ModuleContext context, Subscription<? extends Event> subscription) {
    inboxes.put(subscription.name(), context.on(subscription, (event, at) -> {}));
  }

  private InboxCounts counts(String name) {
    return inboxes.get(name).counts();
  }

  private static Subscription<Event> named(String name, String pattern) {
    return Subscription.of(name).topics(pattern);
  }

  /// A module that is held by its first event, so that everything after it waits.
  private void startHeld(String pattern) {
    CountDownLatch held = new CountDownLatch(1);
    device.module(
        "held",
        c -> {
          c.on(
              Number.class,
              (number, at) -> {
                held.countDown();
                gate.await();
              });
          on(c, named("screen", pattern).latest().capacity(SCREEN));
          on(c, named("recorder", pattern));
          on(c, named("first", pattern).dropNewest().capacity(SCREEN));
        });
    device.publish(new Number(1));
    Awaiting.latch(held);
  }

  private void publishAll(IntFunction<Event> event) {
    for (int i = 0; i < TOPICS; i++) {
      device.publish(event.apply(i));
      if (i % LOOK_EVERY == 0) {
        checkBounds();
      }
    }
    checkBounds();
  }

  private void checkBounds() {
    assertThat(inOrder(bus -> bus.routing().plainRoutes()))
        .as("routes")
        .isLessThanOrEqualTo(Routing.MAX_PLAIN_ROUTES);
    assertThat(inOrder(bus -> bus.retained().size()))
        .as("retained")
        .isLessThanOrEqualTo(RetainedEvents.CAPACITY);
    inboxes.forEach(
        (name, inbox) ->
            assertThat(inbox.counts().waiting()).as(name).isLessThanOrEqualTo(inbox.capacity()));
  }

  private int inOrder(ToIntFunction<Bus> figure) {
    return device.bus.inOrder(() -> figure.applyAsInt(device.bus));
  }

  @Test
  void shouldKeepBoundedMemoryOfPlainTopics() {
    startHeld("memory/*");
    List<Event> heard = new CopyOnWriteArrayList<>();
    device.module(
        "exact",
        c -> {
          c.on(named("one", "memory/topic/17"), (event, at) -> heard.add(event));
          on(c, named("below", "memory/topic/*"));
          on(c, named("elsewhere", "memory/topic/17/*"));
        });
    int entries = inOrder(bus -> bus.routing().entries());

    publishAll(TopicMemoryTest::plain);
    device.publish(plain(17));
    Awaiting.until("both are heard", () -> heard.size() == 2);

    assertThat(inOrder(bus -> bus.routing().entries())).isEqualTo(entries);
    assertThat(inOrder(bus -> bus.retained().size())).as("retained").isZero();
    assertThat(heard).containsExactly(plain(17), plain(17));
    long all = TOPICS + 1;
    assertThat(counts("below").matched()).isEqualTo(all);
    assertThat(counts("elsewhere").matched()).isZero();
    assertThat(counts("screen"))
        .isEqualTo(new InboxCounts(all, 0, SCREEN, 0, all - SCREEN, 0, 0, 0, 0, 0));
    assertThat(counts("first"))
        .isEqualTo(new InboxCounts(all, 0, SCREEN, 0, all - SCREEN, 0, 0, 0, 0, 0));
    assertThat(counts("recorder"))
        .isEqualTo(new InboxCounts(all, 0, 1_024, 0, all - 1_024, 0, 0, 0, 0, 0));
  }

  @Test
  void shouldKeepBoundedMemoryOfKeys() {
    startHeld("test/valve/*");
    publishAll(i -> new Level("valve " + i, i));
    assertThat(inOrder(bus -> bus.routing().plainRoutes())).isZero();
    assertThat(counts("screen"))
        .isEqualTo(new InboxCounts(TOPICS, 0, SCREEN, 0, TOPICS - SCREEN, 0, 0, 0, 0, 0));

    device.publish(new Level("valve " + (TOPICS - 1), -1));
    assertThat(counts("screen").superseded()).isEqualTo(1);
    assertThat(inOrder(bus -> bus.retained().size())).isEqualTo(RetainedEvents.CAPACITY);
  }

  @Test
  void shouldKeepNothingOfTopicsThatNobodyWants() {
    publishAll(TopicMemoryTest::plain);
    for (int i = 0; i < TOPICS; i++) {
      assertThat(device.bus.wanted(PlainEvent.class, "memory/other/" + i)).isFalse();
    }
    checkBounds();
    assertThat(inOrder(bus -> bus.routing().entries())).isZero();
  }

  @Test
  void shouldForgetSubscriptionsThatCameAndWent() {
    ModuleContext context = device.context("changing");
    int entries = inOrder(bus -> bus.routing().entries());
    for (int i = 0; i < 2_000; i++) {
      int number = i;
      context.execute(() -> comeAndGo(context, number));
      device.awaitQuiet();
    }
    assertThat(inOrder(bus -> bus.routing().entries())).isEqualTo(entries);
    assertThat(device.bus.routing().rings()).isEmpty();
    assertThat(device.bus.mailbox("test.changing").inboxes()).isEmpty();
  }

  private static void comeAndGo(ModuleContext context, int number) {
    Subscription<Event> topic = named("topic " + number, "memory/topic/" + number);
    Subscription<Number> type =
        Subscription.to(Number.class).named("class " + number).capacity(1 + number);
    Inbox byTopic = context.on(topic, (event, at) -> {});
    Inbox byClass = context.on(type, (event, at) -> {});
    context.publish(plain(number));
    context.publish(new Number(number));
    byTopic.close();
    byClass.close();
  }
}
