package dev.sonde.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.TrialDevice;
import dev.sonde.bus.Event;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.Topic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A subscription that is closed delivers what waits, and no more.
class CloseTest {

  @AutoClose private final TrialDevice device = new TrialDevice();
  private final List<Object> heard = new CopyOnWriteArrayList<>();
  private final AtomicReference<Inbox> opened = new AtomicReference<>();

  @Topic("com/acme/meter/READING")
  record Reading(int value) implements Event {}

  @Test
  void shouldDeliverWhatWaitedWhenItWasClosed() {
    // @start region="close" :
    device.start(
        "meter",
        context -> {
          Inbox inbox = context.on(Reading.class, (reading, at) -> heard.add(reading.value()));
          opened.set(inbox);
          context.publish(new Reading(1));
          context.publish(new Reading(2));
          inbox.close();
          context.publish(new Reading(3)); // does not match any more
          assertThat(inbox.isClosed()).isFalse(); // 1 and 2 still wait
        });
    device.awaitQuiet();
    assertThat(heard).containsExactly(1, 2);
    assertThat(opened.get().isClosed()).isTrue();
    assertThat(opened.get().counts().matched()).isEqualTo(2);
    // @end
  }

  @Test
  void shouldAllowTheSameNameAgainWhileTheFirstDrains() {
    device.start(
        "meter",
        context -> {
          context.on(Reading.class, (reading, at) -> heard.add("old " + reading.value()));
          opened.set(context.on(Event.class, (event, at) -> {}));
          context.publish(new Reading(1));
          opened.get().close();
          opened.set(context.on(Event.class, (event, at) -> heard.add("new " + event)));
          context.publish(new Reading(2));
        });
    device.awaitQuiet();
    assertThat(heard).containsExactly("old 1", "old 2", "new " + new Reading(2));
  }
}
