package dev.sonde.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.TrialDevice;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A module goes on where its former version stopped.
class ResumeTest {

  @AutoClose private final TrialDevice device = new TrialDevice();
  private final List<Object> heard = new CopyOnWriteArrayList<>();

  @Topic("com/acme/meter/READING")
  record Reading(int value) implements Event {}

  @Test
  void shouldResumeWhereTheFormerVersionStopped() {
    // @start region="resume" :
    device.start("meter", new Meter());
    device.publish(new Reading(1));
    device.awaitQuiet();

    device.stopForUpdate("meter");
    device.publish(new Reading(2)); // waits in the inbox "readings"
    device.publish(new Reading(3));
    assertThat(heard).containsExactly("1 makes 1");

    device.start("meter", new Meter());
    device.publish(new Reading(4));
    device.awaitQuiet();
    assertThat(heard).containsExactly("1 makes 1", "2 makes 3", "3 makes 6", "4 makes 10");
    // @end
  }

  @Test
  void shouldNotKeepWhatAnOperatorStopped() {
    device.start("meter", new Meter());
    device.stop("meter");
    device.publish(new Reading(2));
    device.start("meter", new Meter());
    device.publish(new Reading(3));
    device.awaitQuiet();
    assertThat(heard).containsExactly("3 makes 3");
  }

  // @start region="module" :
  class Meter implements SondeModule {
    record State(int total) {}

    private ModuleContext context;
    private int total;

    @Override
    public void start(ModuleContext context) {
      this.context = context;
      total = context.restoredState(State.class).map(State::total).orElse(0);
      context.on(Subscription.to(Reading.class).named("readings"), this::add);
    }

    private void add(Reading reading, Envelope at) {
      total += reading.value();
      heard.add(reading.value() + " makes " + total);
    }

    @Override
    public void stop() {
      context.saveState(new State(total));
    }
  }
  // @end
}
