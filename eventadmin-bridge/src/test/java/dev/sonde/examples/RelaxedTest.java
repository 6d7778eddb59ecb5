package dev.sonde.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.TrialDevice;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Events that may wait a moment.
class RelaxedTest {

  @AutoClose private final TrialDevice device = new TrialDevice();
  private final AtomicLong sum = new AtomicLong();

  @Topic("com/acme/meter/READING")
  record Reading(int value) implements Event {}

  private void subscribe(ModuleContext context) {
    // @start region="relaxed" :
    context.on(Subscription.to(Reading.class).relaxed(), this::add);
    // @end
  }

  private void add(Reading reading, Envelope at) {
    sum.addAndGet(reading.value());
  }

  @Test
  void shouldHandleEverything() {
    device.start("meter", this::subscribe);
    for (int value = 1; value <= 100; value++) {
      device.publish(new Reading(value));
    }
    device.awaitQuiet();
    assertThat(sum).hasValue(5_050);
  }
}
