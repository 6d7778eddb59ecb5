package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bridge.Device.Level;
import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryTest {

  private final Device device = new Device();

  @AfterEach
  void close() {
    device.close();
  }

  sealed interface Family extends Event permits First, Second {}

  @Topic("family/FIRST")
  record First(int value) implements Family {}

  @Topic("family/SECOND")
  record Second(int value) implements Family {}

  record NoTopic() implements Event {}

  @Test
  void shouldDeliverByTypeFamilyTopicAndPrefixOnceEach() {
    List<Event> byType = new CopyOnWriteArrayList<>();
    List<Event> byFamily = new CopyOnWriteArrayList<>();
    List<Event> byTopic = new CopyOnWriteArrayList<>();
    List<Event> byPrefix = new CopyOnWriteArrayList<>();
    List<Event> several = new CopyOnWriteArrayList<>();
    device.module(
        "all",
        context -> {
          context.on(First.class, (event, at) -> byType.add(event));
          context.on(Family.class, (event, at) -> byFamily.add(event));
          context.on(
              Subscription.of("topic").topics("family/SECOND"), (event, at) -> byTopic.add(event));
          context.on(
              Subscription.of("prefix").topics("family/*"), (event, at) -> byPrefix.add(event));
          context.on(
              Subscription.of("several").topics("*", "family/FIRST").types(First.class),
              (event, at) -> {
                if (event instanceof Family) {
                  several.add(event);
                }
              });
        });

    device.publish(new First(1));
    device.publish(new Second(2));
    device.publish(new Text("elsewhere"));
    device.awaitQuiet();

    assertThat(byType).containsExactly(new First(1));
    assertThat(byFamily).containsExactly(new First(1), new Second(2));
    assertThat(byTopic).containsExactly(new Second(2));
    assertThat(byPrefix).containsExactly(new First(1), new Second(2));
    assertThat(several).containsExactly(new First(1), new Second(2));
  }

  @Test
  void shouldLeaveOutExceptedTopicsAndSayThatNobodyWantsThem() {
    List<Event> heard = new CopyOnWriteArrayList<>();
    device.module(
        "log",
        context ->
            context.on(
                Subscription.of("all").topics("*").except("test/NUMBER"),
                (event, at) -> heard.add(event)));

    assertThat(device.bus.wanted(Number.class)).isFalse();
    assertThat(device.bus.wanted(Text.class)).isTrue();
    device.publish(new Number(1));
    device.publish(new Text("a"));
    device.awaitQuiet();

    assertThat(heard).doesNotHaveAnyElementsOfTypes(Number.class).contains(new Text("a"));
  }

  @Test
  void shouldCarryTheEnvelopeWithItsCause() {
    List<Envelope> envelopes = new CopyOnWriteArrayList<>();
    device.module(
        "echo",
        context ->
            context.on(
                Number.class, (number, at) -> context.publish(new Text("saw " + number.value()))));
    device.module("hear", context -> context.on(Text.class, (text, at) -> envelopes.add(at)));

    long sequence = device.publish(new Number(7));
    device.awaitQuiet();

    assertThat(envelopes).hasSize(1);
    Envelope envelope = envelopes.getFirst();
    assertThat(envelope.event()).isEqualTo(new Text("saw 7"));
    assertThat(envelope.topic()).isEqualTo("test/other/TEXT");
    assertThat(envelope.module()).isEqualTo("echo");
    assertThat(envelope.causedBy()).isEqualTo(sequence);
    assertThat(envelope.sequence()).isGreaterThan(sequence);
  }

  @Test
  void shouldMergeTheInboxesOfAModuleInBusOrder() {
    List<Long> order = new CopyOnWriteArrayList<>();
    CountDownLatch gate = new CountDownLatch(1);
    device.module(
        "merge",
        context -> {
          context.on(Level.class, (level, at) -> gate.await());
          context.on(Number.class, (number, at) -> order.add(at.sequence()));
          context.on(Text.class, (text, at) -> order.add(at.sequence()));
        });
    device.publish(new Level("block", 1));
    for (int i = 0; i < 200; i++) {
      device.publish(i % 3 == 0 ? new Text("t" + i) : new Number(i));
    }
    gate.countDown();
    device.awaitQuiet();

    assertThat(order).hasSize(200).isSorted();
  }

  @Test
  void shouldRefuseWhatCanNotBePublished() {
    assertThatThrownBy(() -> device.publish(new NoTopic()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("@Topic");
    Event anonymous = new Event() {};
    assertThatThrownBy(() -> device.publish(anonymous))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("record");
  }

  @Test
  void shouldDeliverPlainEventsByTheirOwnTopic() {
    List<Event> heard = new CopyOnWriteArrayList<>();
    device.module(
        "plain",
        context ->
            context.on(Subscription.of("p").topics("com/acme/*"), (event, at) -> heard.add(event)));
    PlainEvent event = new PlainEvent("com/acme/valve", Map.of("open", true));
    device.publish(event);
    device.publish(new PlainEvent("com/other", Map.of()));
    device.awaitQuiet();
    assertThat(heard).containsExactly(event);
  }

  @Test
  void shouldDeliverRetainedEventsFirst() {
    device.publish(new Level("a", 1));
    device.publish(new Level("b", 2));
    device.publish(new Level("a", 3));
    List<Level> heard = new CopyOnWriteArrayList<>();
    device.module(
        "late",
        context ->
            context.on(Subscription.to(Level.class).withLast(), (level, at) -> heard.add(level)));
    device.publish(new Level("b", 4));
    device.awaitQuiet();
    assertThat(heard).containsExactly(new Level("b", 2), new Level("a", 3), new Level("b", 4));
  }

  @Test
  void shouldLetAHandlerCloseItsOwnSubscription() {
    List<Long> heard = new CopyOnWriteArrayList<>();
    AtomicReference<Inbox> inbox = new AtomicReference<>();
    CountDownLatch published = new CountDownLatch(1);
    device.module(
        "closing",
        context ->
            inbox.set(
                context.on(
                    Number.class,
                    (number, at) -> {
                      published.await();
                      heard.add(number.value());
                      inbox.get().close();
                    })));
    device.publish(new Number(1));
    device.publish(new Number(2));
    published.countDown();
    device.awaitQuiet();
    device.publish(new Number(3));
    device.awaitQuiet();

    assertThat(heard).containsExactly(1L, 2L);
    assertThat(inbox.get().isClosed()).isTrue();
    assertThat(inbox.get().counts().isBalanced()).isTrue();
    assertThat(device.bus.wanted(Number.class)).isFalse();
  }
}
