package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.HostedModule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The wall clock jumps, as that of a device without a battery does when it first hears of the
/// time. What is shown follows; nothing that waits does.
class WallClockTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2036-01-01T00:00:00Z");
  private static final Instant EARLIER = Instant.parse("1970-01-01T00:00:00Z");

  private static final Duration HOUR = Duration.ofHours(1);

  private volatile Instant wall = BEGIN;
  private final Device device = new Device(() -> wall);
  private final List<Envelope> handled = new CopyOnWriteArrayList<>();
  private long published;

  @AfterEach
  void close() {
    device.close();
  }

  private long lastSequence() {
    return handled.isEmpty() ? 0 : handled.getLast().sequence();
  }

  private void publishUntilTimeIs(Instant expected) {
    Awaiting.until(
        "an envelope of " + expected,
        () -> {
          long sequence = device.publish(new Number(++published));
          Awaiting.until("handled", () -> lastSequence() >= sequence);
          Duration off = Duration.between(expected, handled.getLast().time());
          return off.abs().compareTo(HOUR) < 0;
        });
  }

  @Test
  void shouldGoOnBetweenTwoReadingsAndReadOnceASecond() {
    AtomicInteger readings = new AtomicInteger();
    long begun = System.nanoTime();
    WallClock clock =
        new WallClock(
            () -> {
              readings.incrementAndGet();
              return BEGIN;
            });
    long first = clock.epochMicros();
    assertThat(Instant.EPOCH.plus(first, ChronoUnit.MICROS)).isAfterOrEqualTo(BEGIN);
    Awaiting.until("later", () -> clock.epochMicros() > first);
    Awaiting.until(
        "two seconds",
        () -> {
          var _ = clock.epochMicros();
          return readings.get() >= 3;
        });

    long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    assertThat((long) readings.get()).isLessThanOrEqualTo(1 + seconds);
  }

  @Test
  void shouldFollowJumpsInEnvelopesAndLoseNothing() {
    HostedModule module =
        device.module("watch", c -> c.on(Number.class, (number, at) -> handled.add(at)));
    for (Instant jump : List.of(BEGIN, LATER, EARLIER, BEGIN)) {
      wall = jump;
      publishUntilTimeIs(jump);
    }
    assertThat(handled)
        .extracting(at -> ((Number) at.event()).value())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, published).boxed().toList());
    assertThat(handled).extracting(Envelope::sequence).isSorted();
    for (Inbox inbox : module.inboxes()) {
      assertThat(inbox.counts().isBalanced()).isTrue();
      assertThat(inbox.counts().missed()).isZero();
    }
  }

  @Test
  void shouldNeitherEndNorProlongWhatWaits() throws Exception {
    CountDownLatch answering = new CountDownLatch(1);
    CountDownLatch ticked = new CountDownLatch(2);
    SondeModule keeping =
        c -> c.on(Subscription.to(Text.class).named("texts"), (text, at) -> handled.add(at));
    device.start("away", keeping).stop(true, Device.DEADLINE);
    device.module("watch", c -> c.on(Number.class, (number, at) -> handled.add(at)));
    var _ =
        device.module(
            "answering",
            c ->
                c.on(
                    Number.class,
                    (number, at) -> {
                      answering.await();
                      c.publish(new Text("answer"));
                    }));
    device.module("ticking", c -> c.every(Duration.ofMillis(1), ticked::countDown));
    ModuleContext asking = device.context("asking");
    CompletionStage<Text> answer = asking.ask(new Number(++published), Text.class, HOUR);

    wall = LATER;
    Awaiting.until("the first event is handled", () -> !handled.isEmpty());
    publishUntilTimeIs(LATER);
    wall = EARLIER;
    publishUntilTimeIs(EARLIER);
    answering.countDown();

    assertThat(answer.toCompletableFuture().get(20, TimeUnit.SECONDS))
        .isEqualTo(new Text("answer"));
    assertThat(ticked.await(20, TimeUnit.SECONDS)).as("timers go on").isTrue();
    assertThat(device.bus.grace().isWaiting()).as("what is kept for ten minutes").isTrue();
  }
}
