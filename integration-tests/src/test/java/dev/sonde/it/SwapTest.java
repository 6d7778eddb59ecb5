package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.wiring.BundleWiring;

/// A module with event types of its own is swapped again and again while events flow. No event is
/// lost, and nothing of a former version stays. `-Dsonde.swaps=1000` makes it a long run.
class SwapTest {

  private static final int SWAPS = Integer.getInteger("sonde.swaps", 50);

  /// After so many swaps all that is made once has been made.
  private static final int WARM = 5;

  private static final String SWAPPED = "dev.sonde.it.swap";

  /// There are as many of these after a thousand swaps as after a few.
  private static final Set<String> COUNTED =
      Set.of(
          "dev.sonde.bridge.Agenda",
          "dev.sonde.bridge.Bus$Question",
          "dev.sonde.bridge.Configurations$Watch",
          "dev.sonde.bridge.EventInbox",
          "dev.sonde.bridge.ForkThread",
          "dev.sonde.bridge.Mailbox",
          "dev.sonde.bridge.ModuleRun",
          "dev.sonde.bridge.QueueReader",
          "dev.sonde.bridge.Ring",
          "dev.sonde.bridge.RingReader",
          "dev.sonde.bridge.RunContext",
          "dev.sonde.bridge.WatchedThread",
          "dev.sonde.supervisor.SupervisedModule",
          "org.apache.felix.framework.BundleWiringImpl",
          "org.apache.felix.framework.ServiceRegistrationImpl");

  private static byte[] jar;

  @TempDir Path home;
  private final List<WeakReference<ClassLoader>> versions = new ArrayList<>();
  private TestDevice device;
  private Queue<String> hellos;
  private SortedMap<String, Long> countsBefore;
  private List<String> threadsBefore;

  @BeforeAll
  static void build() throws Exception {
    jar = TestBundles.of(SWAPPED, "1.0.0", Map.of("-dsannotations", "*"));
  }

  @BeforeEach
  @SuppressWarnings("unchecked")
  void start() throws Exception {
    device =
        TestDevice.start(
            home,
            Map.of("sonde.config.network.source", "sample", "sonde.config.logger.console", ""));
    device.install(
        "bystander",
        TestBundles.of(
            "dev.sonde.it.bystander",
            "1.0.0",
            Map.of("Bundle-Activator", "dev.sonde.it.bystander.BystanderBundle")));
    hellos = device.service(Queue.class, "bystander");
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
  }

  @Test
  void shouldKeepNothingOfVersionsThatWereReplaced() throws Exception {
    for (int swap = 0; swap <= SWAPS; swap++) {
      deploy(swap);
      countWhenWarm(swap, 1);
    }
    checkThatNoTickWasLost();
    awaitClassLoaders(1);
    checkCounts();
  }

  @Test
  void shouldKeepNothingOfVersionsThatWereUninstalled() throws Exception {
    for (int swap = 0; swap <= SWAPS; swap++) {
      deploy(swap);
      TestDevice.await("its copy", () -> Files.exists(home.resolve("data/deployed/swap.jar")));
      Files.delete(home.resolve("deploy/swap.jar"));
      TestDevice.await("the end of the bundle", () -> !device.has(SWAPPED));
      TestDevice.await(
          "the end of the module", () -> !device.shell("module:list").contains("swap"));
      countWhenWarm(swap, 0);
    }
    awaitClassLoaders(0);
    checkCounts();
  }

  private void deploy(int swap) throws Exception {
    String version = "1.0." + swap;
    Path beside = Files.write(home.resolve("swap.part"), TestBundles.withVersion(jar, version));
    Files.move(
        beside,
        home.resolve("deploy/swap.jar"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    TestDevice.await("version " + version, () -> hellos.contains("Hello[version=" + version + "]"));
    versions.add(
        new WeakReference<>(device.bundle(SWAPPED).adapt(BundleWiring.class).getClassLoader()));
  }

  private void countWhenWarm(int swap, int present) throws Exception {
    if (swap == WARM) {
      awaitClassLoaders(present);
      countsBefore = count();
      threadsBefore = LiveObjects.threads();
    }
  }

  private static SortedMap<String, Long> count() throws Exception {
    SortedMap<String, Long> counts = LiveObjects.count();
    counts.keySet().retainAll(COUNTED);
    return counts;
  }

  /// The module fails at a tick that does not follow the one before.
  private void checkThatNoTickWasLost() throws Exception {
    Map<String, Long> account = device.account("\"swap\"", "SwappedModule$Tick");
    assertThat(account.get("matched")).isGreaterThan(SWAPS);
    assertThat(account).containsEntry("missed", 0L);
    assertThat(account).as(device.shell("module:info swap")).containsEntry("failed", 0L);
  }

  private void awaitClassLoaders(int expected) throws Exception {
    TestDevice.await(
        "the end of all class loaders but " + expected,
        () -> {
          System.gc();
          return versions.stream().filter(version -> !version.refersTo(null)).count() == expected;
        });
  }

  private void checkCounts() throws Exception {
    SortedMap<String, Long> counts = count();
    counts
        .entrySet()
        .removeIf(now -> now.getValue() <= countsBefore.getOrDefault(now.getKey(), 0L));
    assertThat(counts).as("more than %s", countsBefore).isEmpty();
    TestDevice.await(
        "no more threads than " + threadsBefore,
        () -> {
          List<String> more = new ArrayList<>(LiveObjects.threads());
          threadsBefore.forEach(more::remove);
          return more.isEmpty();
        });
  }
}
