package dev.sonde.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.TrialDevice;
import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What a handler publishes waits its turn, and names its cause.
class OrderTest {

  @AutoClose private final TrialDevice device = new TrialDevice();
  private final List<Object> heard = new CopyOnWriteArrayList<>();

  @Topic("com/acme/meter/READING")
  record Reading(int value) implements Event {}

  @Topic("com/acme/meter/ALARM")
  record Alarm(int value) implements Event {}

  @Test
  void shouldHandleInBusOrderAcrossSubscriptions() {
    // @start region="order" :
    device.start(
        "meter",
        context -> {
          context.on(
              Reading.class,
              (reading, at) -> {
                heard.add(reading);
                if (reading.value() > 10) {
                  context.publish(new Alarm(reading.value()));
                }
              });
          context.on(Alarm.class, (alarm, at) -> heard.add("caused by " + at.causedBy()));
          context.publish(new Reading(11)); // sequence 1, published alarm: 3
          context.publish(new Reading(2)); // sequence 2
        });
    device.awaitQuiet();
    assertThat(heard).containsExactly(new Reading(11), new Reading(2), "caused by 1");
    // @end
  }
}
