package dev.sonde.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.TrialDevice;
import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Topic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Timers and tasks share the module's thread with its handlers.
class TimerTest {

  @AutoClose private final TrialDevice device = new TrialDevice();

  @Topic("com/acme/meter/READING")
  record Reading(int value) implements Event {}

  @Topic("com/acme/meter/SUM")
  record Sum(int total) implements Event {}

  @Test
  void shouldPublishWhatChanged() throws InterruptedException {
    BlockingQueue<Sum> sums = new LinkedBlockingQueue<>();
    device.start("display", context -> context.on(Sum.class, (sum, at) -> sums.add(sum)));
    device.start("meter", new Meter());
    device.publish(new Reading(1));
    assertThat(sums.poll(20, TimeUnit.SECONDS)).isEqualTo(new Sum(1));
    device.publish(new Reading(2));
    assertThat(sums.poll(20, TimeUnit.SECONDS)).isEqualTo(new Sum(3));
    assertThat(sums).isEmpty();
  }

  @Test
  void shouldRunOneTaskThenOneEvent() {
    List<Object> heard = new CopyOnWriteArrayList<>();
    // @start region="turns" :
    device.start(
        "meter",
        context -> {
          context.on(Reading.class, (reading, at) -> heard.add(reading.value()));
          context.publish(new Reading(1));
          context.publish(new Reading(2));
          context.execute(() -> heard.add("task"));
          context.execute(() -> heard.add("another"));
        });
    device.awaitQuiet();
    assertThat(heard).containsExactly("task", 1, "another", 2);
    // @end
  }

  // @start region="every" :
  static class Meter implements SondeModule {
    private int total; // no lock: handler and timer share one thread
    private int published;

    @Override
    public void start(ModuleContext context) {
      context.on(Reading.class, (reading, at) -> total += reading.value());
      context.every(
          Duration.ofMillis(10),
          () -> {
            if (total != published) { // nothing new, nothing published
              published = total;
              context.publish(new Sum(total));
            }
          });
    }
  }
  // @end
}
