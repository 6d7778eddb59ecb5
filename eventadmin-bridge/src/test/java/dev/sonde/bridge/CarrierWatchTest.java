package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// When the watch is awake itself.
class CarrierWatchTest {

  private final Device device = new Device();
  private final CarrierWatch watch = device.bus.watch();

  @AfterEach
  void close() {
    device.close();
  }

  private void awaitRest() {
    Awaiting.until("the watch rests", () -> !watch.isArmed());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16, 1_000})
  void shouldNotWakeUpWhileAllModulesAreIdleBeforeAndAfterTraffic(int modules) {
    for (int i = 0; i < modules; i++) {
      device.module("idle-" + i, c -> c.on(Number.class, (number, at) -> {}));
    }
    for (int round = 0; round < 3; round++) {
      awaitRest();
      long before = watch.wakeUps();
      for (int i = 0; i < 1_000; i++) {
        device.publish(new Text("nobody listens"));
      }
      assertThat(watch.isArmed()).isFalse();
      assertThat(watch.wakeUps()).isEqualTo(before);

      for (int i = 0; i < 100; i++) {
        device.publish(new Number(i));
      }
      // It may be at rest again by now.
      Awaiting.until("it has looked", () -> watch.wakeUps() > before);
    }
  }

  @Test
  void shouldLookWhileAModuleIsAtWork() {
    CountDownLatch end = new CountDownLatch(1);
    var _ = device.module("at-work", c -> c.on(Number.class, (number, at) -> Awaiting.latch(end)));
    awaitRest();
    long before = watch.wakeUps();
    device.publish(new Number(1));
    Awaiting.until("several looks", () -> watch.wakeUps() > before + 5);
    end.countDown();
    awaitRest();
  }

  @Test
  void shouldLookWhenATimerWakesAModule() {
    // Again and again: one timer may be over before the watch is at rest.
    var _ = device.module("timed", c -> c.every(Duration.ofMillis(500), () -> {}));
    awaitRest();
    long before = watch.wakeUps();
    Awaiting.until("a look", () -> watch.wakeUps() > before);
  }

  @Test
  void shouldEndItsThreadWithTheLastModuleAndComeBackWithTheNext() {
    // Some may be left of other tests.
    Set<Thread> others = watchThreads();
    for (int round = 0; round < 3; round++) {
      var module = device.module("round-" + round, c -> {});
      Set<Thread> own = watchThreads();
      own.removeAll(others);
      assertThat(own).hasSize(1);
      module.stop(false, Device.DEADLINE);
      Awaiting.until("its end", () -> own.stream().noneMatch(Thread::isAlive));
    }
  }

  private static Set<Thread> watchThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("sonde-carrier-watch"))
        .collect(Collectors.toSet());
  }
}
