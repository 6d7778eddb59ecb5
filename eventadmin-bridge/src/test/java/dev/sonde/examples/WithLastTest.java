package dev.sonde.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.TrialDevice;
import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Who comes late hears first how things stand.
class WithLastTest {

  @AutoClose private final TrialDevice device = new TrialDevice();
  private final List<Object> heard = new CopyOnWriteArrayList<>();

  @Test
  void shouldDeliverTheLastOfEachKeyFirst() {
    // @start region="with-last" :
    device.publish(new Level("a", 10));
    device.publish(new Level("b", 20));
    device.publish(new Level("a", 11));

    device.start(
        "screen",
        context ->
            context.on(Subscription.to(Level.class).withLast(), (level, at) -> heard.add(level)));
    device.publish(new Level("b", 21));
    device.awaitQuiet();
    assertThat(heard).containsExactly(new Level("b", 20), new Level("a", 11), new Level("b", 21));
    // @end
  }

  @Test
  void shouldLoseRetainedEventsLikeOthers() {
    for (int i = 0; i < 5; i++) {
      device.publish(new Level("valve " + i, i));
    }
    device.start(
        "screen",
        context ->
            context.on(
                Subscription.to(Level.class)
                    .withLast()
                    .capacity(2)
                    .onLagged(missed -> heard.add(missed + " missed")),
                (level, at) -> heard.add(level.percent())));
    device.awaitQuiet();
    assertThat(heard).containsExactly("3 missed", 3, 4);
  }

  @Test
  void shouldNotDeliverThemAgainToTheNextVersion() {
    device.publish(new Level("a", 10));
    device.start("screen", this::show);
    device.awaitQuiet();
    device.stopForUpdate("screen");
    device.start("screen", this::show);
    device.awaitQuiet();
    assertThat(heard).containsExactly(10);
  }

  private void show(ModuleContext context) {
    context.on(Subscription.to(Level.class).withLast(), (level, at) -> heard.add(level.percent()));
  }

  @Test
  void shouldForgetTheOldestBeyond1024() {
    for (int i = 0; i <= 1_024; i++) {
      device.publish(new Level("valve " + i, i));
    }
    device.start(
        "screen",
        context ->
            context.on(
                Subscription.to(Level.class).withLast().capacity(2_000),
                (level, at) -> heard.add(level.percent())));
    device.awaitQuiet();
    assertThat(heard).hasSize(1_024).startsWith(1).endsWith(1_024);
  }

  // @start region="retained" :
  @Topic(value = "com/acme/valve/LEVEL", key = "valve", retained = true)
  public record Level(String valve, int percent) implements Event {}
  // @end
}
