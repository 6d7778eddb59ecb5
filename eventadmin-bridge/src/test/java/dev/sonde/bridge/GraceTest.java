package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.event.module.EventsMissed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Inboxes wait for a module that is away, but not for ever. No test waits for time to pass: what
/// is kept for an hour is then kept no longer, as when an operator changes the setting.
class GraceTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Device device = new Device();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch starting = new CountDownLatch(1);
  private final List<Long> handled = new CopyOnWriteArrayList<>();
  private final List<EventsMissed> missed = new CopyOnWriteArrayList<>();
  private final SondeModule keeping =
      context -> {
        context.on(
            Subscription.to(Number.class).named("numbers").pacing().capacity(4),
            (number, at) -> handled.add(number.value()));
        context.on(Subscription.to(Text.class).named("texts"), (text, at) -> {});
      };

  @AfterEach
  void close() {
    gate.countDown();
    device.close();
  }

  private List<Inbox> leave() {
    device.bus.grace().set(HOUR);
    device.module("watch", c -> c.on(EventsMissed.class, (event, at) -> missed.add(event)));
    HostedModule first = device.start("away", keeping);
    List<Inbox> inboxes = first.inboxes();
    first.stop(true, Device.DEADLINE);
    for (int i = 1; i <= 3; i++) {
      device.publish(new Number(i));
    }
    return inboxes;
  }

  private void endGrace() {
    device.bus.grace().set(Duration.ZERO);
    Awaiting.until("the timer has run", () -> !device.bus.grace().isWaiting());
  }

  private static boolean hasRoom(Device device) {
    try {
      return device.bus.awaitRoom(Duration.ZERO);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldCloseWhatIsKeptWhenTheModuleDoesNotComeBack() {
    List<Inbox> inboxes = leave();
    assertThat(device.bus.grace().isWaiting()).isTrue();
    assertThat(device.bus.wanted(Number.class)).isTrue();
    assertThat(hasRoom(device)).as("sources that wait for the module").isFalse();

    endGrace();
    Awaiting.until("it is closed", () -> inboxes.getFirst().isClosed());
    device.awaitQuiet();
    assertThat(device.bus.wanted(Number.class)).isFalse();
    assertThat(device.bus.wanted(Text.class)).isFalse();
    assertThat(hasRoom(device)).isTrue();
    assertThat(inboxes.getFirst().counts())
        .isEqualTo(new InboxCounts(3, 0, 0, 0, 0, 0, 3, 0, 0, 0));
    assertThat(missed).containsExactly(new EventsMissed("away", "numbers", 3, 3));
  }

  @Test
  void shouldBeginAnewForTheModuleThatComesTooLate() {
    leave();
    endGrace();
    HostedModule late = device.start("away", keeping);
    device.publish(new Number(4));
    device.awaitQuiet();
    assertThat(handled).containsExactly(4L);
    assertThat(late.inboxes().getFirst().counts().matched()).isEqualTo(1);
  }

  @Test
  void shouldKeepEverythingForTheModuleThatComesBackInTime() {
    leave();
    HostedModule second = device.start("away", keeping);
    assertThat(device.bus.grace().isWaiting()).as("a timer once it is back").isFalse();
    endGrace();
    device.publish(new Number(4));
    device.awaitQuiet();
    assertThat(handled).containsExactly(1L, 2L, 3L, 4L);
    assertThat(second.inboxes()).noneMatch(Inbox::isClosed);
    assertThat(missed).isEmpty();
  }

  /// Starts a version that is still at its start when the time ends.
  private CompletionStage<Void> startLate(SondeModule then) {
    HostedModule second =
        device.host(
            "away",
            context -> {
              starting.countDown();
              gate.await();
              then.start(context);
            });
    CompletionStage<Void> started = second.start();
    Awaiting.latch(starting);
    endGrace();
    gate.countDown();
    return started;
  }

  @Test
  void shouldKeepEverythingForTheVersionThatStartsWhenTheTimeEnds() {
    leave();
    Awaiting.result(startLate(keeping));
    device.awaitQuiet();
    assertThat(handled).containsExactly(1L, 2L, 3L);
    assertThat(device.bus.grace().isWaiting()).isFalse();
  }

  @Test
  void shouldNotBeginAnewWithAVersionWhoseStartFails() {
    List<Inbox> inboxes = leave();
    CompletionStage<Void> started =
        startLate(
            context -> {
              throw new IllegalStateException("no antenna");
            });
    assertThatThrownBy(() -> started.toCompletableFuture().join())
        .hasRootCauseMessage("no antenna");
    Awaiting.until("it is closed", () -> inboxes.getFirst().isClosed());
    assertThat(inboxes.getFirst().counts().expired()).isEqualTo(3);
  }

  @Test
  void shouldNotWaitForAModuleThatIsForgotten() {
    leave();
    device.forget("away");
    assertThat(device.bus.grace().isWaiting()).isFalse();
  }
}
