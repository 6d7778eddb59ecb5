package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/// A module with event types of its own is swapped again and again while events flow. No event is
/// lost, and nothing of a former version stays. `-Dsonde.swaps=1000` makes it a long run.
class SwapTest {

  private static final int SWAPS = Integer.getInteger("sonde.swaps", 50);

  /// After so many swaps all that is made once has been made.
  private static final int WARM = 5;

  private static final String SWAPPED = "dev.sonde.it.swap";

  private static byte[] jar;

  @TempDir Path home;
  private final Leftovers leftovers = new Leftovers();
  private TestDevice device;
  private Queue<String> hellos;

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
      countWhenWarm(swap, device.bundle(SWAPPED));
    }
    checkThatNoTickWasLost();
    leftovers.awaitReplaced(device.bundle(SWAPPED));
    leftovers.check();
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
      countWhenWarm(swap);
    }
    leftovers.awaitReplaced();
    leftovers.check();
  }

  private void deploy(int swap) throws Exception {
    String version = "1.0." + swap;
    DeployFolder.moveIn(home, "swap.jar", TestBundles.withVersion(jar, version));
    TestDevice.await("version " + version, () -> hellos.contains("Hello[version=" + version + "]"));
    leftovers.note(device.bundle(SWAPPED));
  }

  private void countWhenWarm(int swap, Bundle... present) throws Exception {
    if (swap == WARM) {
      leftovers.awaitReplaced(present);
      leftovers.remember();
    }
  }

  /// The module fails at a tick that does not follow the one before.
  private void checkThatNoTickWasLost() throws Exception {
    Map<String, Long> account = device.account("\"swap\"", "SwappedModule$Tick");
    assertThat(account.get("matched")).isGreaterThan(SWAPS);
    assertThat(account).containsEntry("missed", 0L);
    assertThat(account).as(device.shell("module:info swap")).containsEntry("failed", 0L);
  }
}
