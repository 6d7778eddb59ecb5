package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Level;
import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Event;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Overflow;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.HostedModule.Stopped;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of events whose classes are replaced, or whose bundle is uninstalled.
class ReplacedClassesTest {

  private final Device device = new Device();
  private final List<Event> heard = new CopyOnWriteArrayList<>();
  private final CountDownLatch hanging = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    device.close();
  }

  private WeakReference<Event> publish(String text) {
    Text event = new Text(text);
    device.publish(event);
    return new WeakReference<>(event);
  }

  private static void awaitEnd(WeakReference<Event> event) {
    Awaiting.until(
        "the event is collected",
        () -> {
          System.gc();
          return event.refersTo(null);
        });
  }

  private void hang(Event event) throws InterruptedException {
    heard.add(event);
    hanging.countDown();
    gate.await();
  }

  private static Subscription<Event> all(String name) {
    return Subscription.of(name).topics("test/*");
  }

  @Test
  void shouldKeepNothingOfAReplacedClassThatWasTaken() {
    device.module("taking", c -> c.on(all("all"), (event, at) -> {}));
    WeakReference<Event> taken = publish("former");
    device.awaitQuiet();

    device.bus.letGo(Text.class::equals);

    awaitEnd(taken);
  }

  @Test
  void shouldDeliverWhatStillWaitsOfAReplacedClassAndKeepNothingThen() {
    device.module("taking", c -> c.on(all("all"), (event, at) -> {}));
    List<String> texts = new CopyOnWriteArrayList<>();
    device.module(
        "hanging",
        c ->
            c.on(
                all("all"),
                (event, at) -> {
                  if (event instanceof Text text) {
                    texts.add(text.text());
                  } else {
                    hang(event);
                  }
                }));
    device.publish(new Number(1));
    Awaiting.latch(hanging);
    WeakReference<Event> waiting = publish("former");

    device.bus.letGo(Text.class::equals);
    gate.countDown();
    device.awaitQuiet();

    assertThat(texts).containsExactly("former");
    awaitEnd(waiting);
  }

  @Test
  void shouldKeepNothingThatWaitedForTheNextVersionOfItsModule() {
    assertThat(
            device
                .module("swapped", c -> c.on(all("all"), (event, at) -> {}))
                .stop(true, Device.DEADLINE))
        .isEqualTo(Stopped.CLEANLY);
    WeakReference<Event> first = publish("former");
    WeakReference<Event> last = publish("former");

    var swapped = device.module("swapped", c -> c.on(all("all"), (event, at) -> {}));
    device.awaitQuiet();

    assertThat(swapped.inboxes().getFirst().counts())
        .isEqualTo(new InboxCounts(2, 2, 0, 0, 0, 0, 0, 0, 0, 0));
    awaitEnd(first);
    awaitEnd(last);
  }

  @Test
  void shouldForgetRetainedEventsOfAReplacedClass() {
    device.publish(new Level("former", 1));

    device.bus.letGo(Level.class::equals);

    device.publish(new Level("present", 2));
    device.module("late", c -> c.on(all("all").withLast(), (event, at) -> heard.add(event)));
    device.awaitQuiet();
    assertThat(heard).containsExactly(new Level("present", 2));
  }

  private static Subscription<Event> all(Overflow policy) {
    return switch (policy) {
      case DROP_OLDEST -> all("all");
      case DROP_NEWEST -> all("all").dropNewest();
      case LATEST -> all("all").latest();
    };
  }

  @ParameterizedTest
  @EnumSource(Overflow.class)
  void shouldTakeOutWhatWaitsOfAnUninstalledBundle(Overflow policy) {
    var hosted = device.module("hanging", c -> c.on(all(policy), (event, at) -> hang(event)));
    device.publish(new Number(1));
    Awaiting.latch(hanging);
    device.publish(new Level("a", 2));
    WeakReference<Event> waiting = publish("gone");
    device.publish(new Number(3));

    device.bus.purge(Text.class::equals);
    gate.countDown();
    device.awaitQuiet();

    assertThat(heard).containsExactly(new Number(1), new Level("a", 2), new Number(3));
    assertThat(hosted.inboxes().getFirst().counts())
        .isEqualTo(new InboxCounts(4, 3, 0, 0, 0, 0, 1, 0, 0, 0));
    awaitEnd(waiting);
  }

  @Test
  void shouldTakeOutWhatWaitsForPlainHandlersOfAnUninstalledBundle() {
    try (Listening tap =
        Listening.open(device.bus, "tap", all("all"), (event, at) -> hang(event))) {
      device.publish(new Number(1));
      Awaiting.latch(hanging);
      WeakReference<Event> waiting = publish("gone");
      device.publish(new Number(3));

      device.bus.purge(Text.class::equals);
      gate.countDown();
      device.awaitQuiet();

      assertThat(heard).containsExactly(new Number(1), new Number(3));
      assertThat(tap.counts()).isEqualTo(new InboxCounts(3, 2, 0, 0, 0, 0, 1, 0, 0, 0));
      awaitEnd(waiting);
    }
  }
}
