package dev.sonde.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.TrialDevice;
import dev.sonde.bus.Bytes;
import dev.sonde.bus.Event;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What arrives when more is published than an inbox holds. A module handles nothing before its
/// start method has returned, so all that is published there waits.
class LagTest {

  @AutoClose private final TrialDevice device = new TrialDevice();
  private final List<Object> heard = new CopyOnWriteArrayList<>();
  private final AtomicReference<Inbox> opened = new AtomicReference<>();

  @Topic("com/acme/meter/READING")
  record Reading(int value) implements Event {}

  @Topic(value = "com/acme/valve/LEVEL", key = "valve")
  record Level(String valve, int percent) implements Event {}

  @Topic("com/acme/line/FRAME")
  record Frame(Bytes bytes) implements Event {
    @Override
    public int payloadBytes() {
      return bytes.length();
    }
  }

  @Test
  void shouldLetTheOldestGo() {
    // @start region="oldest" :
    device.start(
        "meter",
        context -> {
          Inbox inbox =
              context.on(
                  Subscription.to(Reading.class)
                      .capacity(2)
                      .onLagged(missed -> heard.add(missed + " missed")),
                  (reading, at) -> heard.add(reading.value()));
          opened.set(inbox);
          for (int value = 1; value <= 5; value++) {
            context.publish(new Reading(value)); // nothing is handled before start returns
          }
        });
    device.awaitQuiet();
    assertThat(heard).containsExactly("3 missed", 4, 5);
    // @end

    // @start region="account" :
    InboxCounts counts = opened.get().counts();
    assertThat(counts.matched()).isEqualTo(5);
    assertThat(counts.delivered()).isEqualTo(2);
    assertThat(counts.overflow()).isEqualTo(3);
    assertThat(counts.waiting()).isEqualTo(0);
    // @end
  }

  @Test
  void shouldLetTheNewestGo() {
    // @start region="newest" :
    device.start(
        "meter",
        context -> {
          context.on(
              Subscription.to(Reading.class)
                  .capacity(2)
                  .dropNewest()
                  .onLagged(missed -> heard.add(missed + " missed")),
              (reading, at) -> heard.add(reading.value()));
          for (int value = 1; value <= 5; value++) {
            context.publish(new Reading(value));
          }
        });
    device.awaitQuiet();
    assertThat(heard).containsExactly("3 missed", 1, 2);
    // @end
  }

  @Test
  void shouldKeepTheLatestOfEachTopicAndKey() {
    // @start region="latest" :
    device.start(
        "screen",
        context -> {
          context.on(
              Subscription.to(Level.class)
                  .capacity(2)
                  .latest()
                  .onLagged(missed -> heard.add(missed + " missed")),
              (level, at) -> heard.add(level));
          context.publish(new Level("a", 10));
          context.publish(new Level("b", 20));
          context.publish(new Level("a", 11)); // supersedes a 10: counted, not told
          context.publish(new Level("c", 30)); // a third valve: b 20, now the oldest, makes room
        });
    device.awaitQuiet();
    assertThat(heard).containsExactly("1 missed", new Level("a", 11), new Level("c", 30));
    // @end
  }

  @Test
  void shouldStayWithinTheBytes() {
    // @start region="bytes" :
    device.start(
        "line",
        context -> {
          context.on(
              Subscription.to(Frame.class)
                  .capacityBytes(1_000)
                  .onLagged(missed -> heard.add(missed + " missed")),
              (frame, at) -> heard.add(frame.payloadBytes()));
          context.publish(new Frame(Bytes.copyOf(new byte[400])));
          context.publish(new Frame(Bytes.copyOf(new byte[5_000]))); // could never fit: it goes
          context.publish(new Frame(Bytes.copyOf(new byte[300])));
          context.publish(new Frame(Bytes.copyOf(new byte[700]))); // 400 makes room for it
        });
    device.awaitQuiet();
    assertThat(heard).containsExactly("2 missed", 300, 700);
    // @end
  }

  @Test
  void shouldHoldOneEventBesideTheOneInHand() {
    device.start(
        "meter",
        context ->
            context.on(
                Subscription.to(Reading.class)
                    .capacity(1)
                    .onLagged(missed -> heard.add(missed + " missed")),
                (reading, at) -> {
                  heard.add(reading.value());
                  if (reading.value() == 1) {
                    context.publish(new Reading(2));
                    context.publish(new Reading(3));
                  }
                }));
    device.publish(new Reading(1));
    device.awaitQuiet();
    assertThat(heard).containsExactly(1, "1 missed", 3);
  }
}
