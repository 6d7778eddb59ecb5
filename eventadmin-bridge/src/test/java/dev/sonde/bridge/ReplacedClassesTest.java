package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Level;
import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Event;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Overflow;
import dev.sonde.bus.Subscription;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of events whose bundle is uninstalled.
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
