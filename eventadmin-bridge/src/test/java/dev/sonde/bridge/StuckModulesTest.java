package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Device.Number;
import dev.sonde.bridge.Device.Text;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.event.module.ModuleStuck;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// More modules than there are carriers of virtual threads do not come back, and ignore interrupts.
/// All others go on; those that hold up are named; in the end everything is as before.
class StuckModulesTest {

  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final VirtualThreadSchedulerMXBean SCHEDULER =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

  private static volatile boolean end;
  private static NativePipe pipe;

  private final Device device = new Device();
  private final List<Long> heard = new CopyOnWriteArrayList<>();
  private final Map<String, ModuleStuck> named = new ConcurrentHashMap<>();

  @BeforeEach
  void begin() throws Throwable {
    Awaiting.until("what tests before added is gone", () -> SCHEDULER.getParallelism() == CORES);
    end = false;
    pipe = new NativePipe();
    device.module("hearing", c -> c.on(Number.class, (number, at) -> heard.add(number.value())));
    device.module(
        "naming", c -> c.on(ModuleStuck.class, (stuck, at) -> named.put(stuck.name(), stuck)));
  }

  @AfterEach
  void close() {
    end();
    device.close();
  }

  private static void end() {
    if (!end) {
      end = true;
      pipe.close();
    }
  }

  private static void loop() {
    while (!end) {
      Thread.onSpinWait();
    }
  }

  /// Each is initialised by at most one test.
  private static final class Sleeping {
    static final boolean DONE = sleep();

    private static boolean sleep() {
      while (!end) {
        LockSupport.parkNanos(1_000_000);
      }
      return true;
    }
  }

  private static final class Looping {
    static final boolean DONE = spin();

    private static boolean spin() {
      loop();
      return true;
    }
  }

  private static void onText(Device device, String name, Runnable handler) {
    var _ = device.module(name, c -> c.on(Text.class, (text, at) -> handler.run()));
  }

  private void allGoOnWhileStuck(String... names) {
    device.publish(new Text("go"));
    for (long i = 1; i <= 10; i++) {
      long number = i;
      device.publish(new Number(number));
      Awaiting.until("event " + number + " while " + List.of(names), () -> heard.contains(number));
    }
    var _ = device.module("newcomer", c -> c.publish(new Number(11)));
    Awaiting.until("a module that starts now", () -> heard.contains(11L));
    Awaiting.until("carriers were added", () -> SCHEDULER.getParallelism() > CORES);
  }

  private void allIsAsBeforeWhenTheyEnd() {
    end();
    device.awaitQuiet();
    Awaiting.until("the carriers are gone again", () -> SCHEDULER.getParallelism() == CORES);
  }

  private static String[] names(String prefix) {
    String[] names = new String[CORES + 1];
    for (int i = 0; i <= CORES; i++) {
      names[i] = prefix + i;
    }
    return names;
  }

  @Test
  void shouldGoOnWhileModulesLoop() {
    String[] names = names("looping-");
    for (String name : names) {
      onText(device, name, StuckModulesTest::loop);
    }
    allGoOnWhileStuck(names);
    allIsAsBeforeWhenTheyEnd();
  }

  @Test
  void shouldGoOnWhileModulesSitInNativeCalls() {
    String[] names = names("native-");
    for (String name : names) {
      onText(device, name, () -> pipe.read());
    }
    allGoOnWhileStuck(names);
    allIsAsBeforeWhenTheyEnd();
  }

  @Test
  void shouldGoOnWhileModulesHangInAClassInitialiser() {
    String[] names = names("initialising-");
    for (String name : names) {
      // One runs the initialiser, the others wait for it.
      onText(device, name, () -> assertThat(Sleeping.DONE).isTrue());
    }
    allGoOnWhileStuck(names);
    allIsAsBeforeWhenTheyEnd();
  }

  @Test
  void shouldGoOnWhileModulesHangInAllTheseWaysWhenTheyStart() {
    Map<String, SondeModule> modules =
        Map.of(
            "looping", c -> loop(),
            "native", c -> pipe.read(),
            "initialising", c -> assertThat(Looping.DONE).isTrue());
    modules.forEach((name, module) -> device.host(name, module).start());
    for (String name : names("further-")) {
      onText(device, name, StuckModulesTest::loop);
    }
    allGoOnWhileStuck("looping", "native", "initialising");
    Awaiting.until("their names", () -> named.keySet().containsAll(modules.keySet()));
    assertThat(named.get("looping").where()).contains("StuckModulesTest.loop");
    assertThat(named.get("native").where()).contains("NativePipe.read");
    assertThat(named.get("initialising").where()).contains("StuckModulesTest.loop");
    assertThat(named.get("looping").held()).isGreaterThanOrEqualTo(WatchedThread.PATIENCE);
    allIsAsBeforeWhenTheyEnd();
  }

  @Test
  void shouldKeepTheCarriersOfModulesThatWereAbandoned() {
    String[] names = names("abandoned-");
    List<HostedModule> modules =
        Stream.of(names)
            .map(name -> device.module(name, c -> c.on(Text.class, (text, at) -> loop())))
            .toList();
    device.publish(new Text("go"));
    Awaiting.until("carriers for them", () -> SCHEDULER.getParallelism() > CORES);
    modules.forEach(module -> module.stop(false, Duration.ofMillis(10)));
    long before = device.bus.watch().wakeUps();
    Awaiting.until("a few looks", () -> device.bus.watch().wakeUps() > before + 20);
    device.publish(new Number(1));
    Awaiting.until("an event after they were abandoned", () -> heard.contains(1L));
    assertThat(SCHEDULER.getParallelism()).isGreaterThan(CORES);
    end();
    Awaiting.until("the carriers are gone again", () -> SCHEDULER.getParallelism() == CORES);
  }

  @Test
  void shouldGoOnWhileThreadsThatAModuleMadeItselfLoop() {
    onText(
        device,
        "spawning",
        () -> {
          for (int i = 0; i <= CORES; i++) {
            Thread.ofVirtual().start(StuckModulesTest::loop);
          }
        });
    device.publish(new Text("go"));
    for (long i = 1; i <= 3; i++) {
      long number = i;
      device.publish(new Number(number));
      Awaiting.until("event " + number, () -> heard.contains(number));
    }
    assertThat(named).isEmpty();
    end();
    Awaiting.until("the carriers are gone again", () -> SCHEDULER.getParallelism() == CORES);
  }

  @Test
  void shouldAddNothingForModulesThatMerelyBlock() {
    CountDownLatch released = new CountDownLatch(1);
    for (String name : names("waiting-")) {
      onText(device, name, () -> Awaiting.latch(released));
    }
    for (String name : names("polling-")) {
      onText(device, name, () -> Awaiting.until("the end", () -> end));
    }
    device.publish(new Text("go"));
    long before = device.bus.watch().wakeUps();
    Awaiting.until("a few looks at them", () -> device.bus.watch().wakeUps() > before + 30);
    assertThat(SCHEDULER.getParallelism()).isEqualTo(CORES);
    assertThat(named).isEmpty();
    released.countDown();
    end();
    device.awaitQuiet();
    assertThat(device.faults).isEmpty();
  }
}
