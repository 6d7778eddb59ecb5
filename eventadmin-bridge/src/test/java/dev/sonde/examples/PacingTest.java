package dev.sonde.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.TrialDevice;
import dev.sonde.bus.Event;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Source;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A source that can wait loses nothing.
class PacingTest {

  private static final int READINGS = 10_000;

  @AutoClose private final TrialDevice device = new TrialDevice();
  private final CountDownLatch replayed = new CountDownLatch(1);
  private final AtomicReference<Inbox> opened = new AtomicReference<>();

  @Topic("com/acme/meter/READING")
  record Reading(int value) implements Event {}

  @Test
  void shouldMakeAReplayWait() throws InterruptedException {
    // @start region="pacing" :
    device.start(
        "record",
        context -> {
          Subscription<Reading> paced = Subscription.to(Reading.class).capacity(16).pacing();
          opened.set(context.on(paced, (reading, at) -> {}));
        });
    device.start("replay", context -> context.fork("file", new Replay(context, replayed)));
    // @end
    assertThat(replayed.await(20, TimeUnit.SECONDS)).isTrue();
    device.awaitQuiet();
    assertThat(opened.get().counts().delivered()).isEqualTo(READINGS);
    assertThat(opened.get().counts().missed()).isZero();
  }

  // @start region="replay" :
  record Replay(ModuleContext context, CountDownLatch done) implements Source {
    @Override
    public void run() throws InterruptedException {
      for (int value = 0; value < READINGS; value++) {
        context.awaitRoom(Duration.ofSeconds(10)); // or go on, and let the loss be told
        context.publish(new Reading(value));
      }
      done.countDown();
    }

    @Override
    public void cancel() {} // the interrupt that follows ends awaitRoom
  }
  // @end
}
