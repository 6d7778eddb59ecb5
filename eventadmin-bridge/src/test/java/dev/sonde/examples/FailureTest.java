package dev.sonde.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.TrialDevice;
import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;
import dev.sonde.event.module.HandlerFailed;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a handler throws stays within its module.
class FailureTest {

  @AutoClose private final TrialDevice device = new TrialDevice();
  private final List<Object> heard = new CopyOnWriteArrayList<>();

  @Topic("com/acme/meter/READING")
  record Reading(int value) implements Event {}

  @Test
  void shouldGoOnWithTheNextEvent() {
    // @start region="failure" :
    device.start(
        "watch",
        context -> context.on(HandlerFailed.class, (failed, at) -> heard.add(failed.error())));
    device.start(
        "meter",
        context ->
            context.on(
                Reading.class,
                (reading, at) -> {
                  if (reading.value() < 0) {
                    throw new IllegalStateException("meter runs backwards");
                  }
                  heard.add(reading.value());
                }));
    device.publish(new Reading(-1));
    device.publish(new Reading(2));
    device.awaitQuiet();
    assertThat(heard)
        .containsExactlyInAnyOrder(2, "java.lang.IllegalStateException: meter runs backwards");
    // @end
  }
}
