package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/// Modules that loop take every carrier of virtual threads. Whoever publishes or looks from a
/// platform thread goes on.
class LoopingModulesTest {

  private static final int EVENTS = 2_000;

  private final Device device = new Device();
  private final AtomicBoolean end = new AtomicBoolean();

  @AfterEach
  void close() {
    end.set(true);
    device.close();
  }

  @RepeatedTest(5)
  void shouldPublishFromPlatformThreadsWhileModulesLoop() {
    for (int i = 0; i < 3; i++) {
      // These publish from virtual threads, and are cut off in the middle of it when the carriers
      // are gone.
      device.module(
          "chatting-" + i,
          c -> c.on(Number.class, (number, at) -> c.publish(new Text("heard " + number.value()))));
    }
    int carriers = Runtime.getRuntime().availableProcessors();
    CountDownLatch looping = new CountDownLatch(carriers);
    for (int i = 0; i < carriers; i++) {
      device.module(
          "looping-" + i,
          c ->
              c.on(
                  Text.class,
                  (text, at) -> {
                    looping.countDown();
                    while (!end.get()) {
                      Thread.onSpinWait();
                    }
                  }));
    }
    List<Thread> publishers = new ArrayList<>();
    for (int p = 0; p < 3; p++) {
      publishers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < EVENTS; i++) {
                      device.publish(new Number(i));
                    }
                  }));
    }
    Awaiting.latch(looping);
    for (Thread publisher : publishers) {
      Awaiting.end(publisher);
    }
    long sequence = device.publish(new Text("still here"));
    assertThat(device.bus.sequence()).isGreaterThanOrEqualTo(sequence);
    device.bus.mailboxes().stream()
        .flatMap(mailbox -> mailbox.inboxes().stream())
        .forEach(inbox -> assertThat(inbox.counts().isBalanced()).isTrue());
  }
}
