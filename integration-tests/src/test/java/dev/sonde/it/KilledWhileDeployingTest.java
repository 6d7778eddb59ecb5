package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The device is killed at any moment of an installation and of swaps. What is in `deploy/` runs
/// when it starts again, once.
class KilledWhileDeployingTest {

  private static final int KILLS = Integer.getInteger("sonde.kills", 3);
  private static final long SEED = Long.getLong("sonde.seed", 5);

  /// An installation takes less than this.
  private static final int LONGEST_MILLIS = 200;

  private static final int SIGKILL = 137;

  @TempDir Path folder;

  @Test
  void shouldRunWhatIsInTheFolderAfterItWasKilled() throws Exception {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    Path home = folder.resolve("home");
    byte[] jar = TestBundles.of("dev.sonde.it.swap", "1.0.0", Map.of("-dsannotations", "*"));
    for (int kill = 0; kill <= KILLS; kill++) {
      // So many in a row would lead to safe mode, which leaves deploy/ alone.
      Files.deleteIfExists(home.resolve("data/boots"));
      long begun = System.nanoTime();
      try (SondeProcess sonde = SondeProcess.headless(home, "--source", "sample")) {
        sonde.awaitShell(home);
        if (kill > 0) {
          awaitVersion(sonde, home, kill);
          System.out.printf(
              "| kill -9 during %s | the jar in deploy/ runs | %d ms after the start of the"
                  + " process |%n",
              kill == 1 ? "an installation" : "a swap",
              Duration.ofNanos(System.nanoTime() - begun).toMillis());
          checkThatItRunsOnce(home, kill);
        }
        byte[] next = TestBundles.withVersion(jar, "1.0." + (kill + 1));
        DeployFolder.moveIn(home, "swap.jar", next);
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(LONGEST_MILLIS)).toNanos());
        sonde.signal("KILL");
        assertThat(sonde.awaitExit()).isEqualTo(SIGKILL);
      }
    }
  }

  private static void awaitVersion(SondeProcess sonde, Path home, int version) throws Exception {
    sonde.await(
        "version 1.0." + version,
        () -> info(home).matches("(?s).* 1\\.0\\." + version + " .*state +ACTIVE.*"));
  }

  private static String info(Path home) throws Exception {
    try (SondeProcess exec = SondeProcess.exec(home, "module:info swap")) {
      return exec.awaitExit() == 0 ? exec.out() : "";
    }
  }

  private static void checkThatItRunsOnce(Path home, int version) throws Exception {
    try (SondeProcess exec = SondeProcess.exec(home, "lb -s")) {
      assertThat(exec.awaitExit()).isZero();
      assertThat(exec.out().lines().filter(line -> line.contains("dev.sonde.it.swap")))
          .singleElement()
          .asString()
          .contains("Active")
          .contains("1.0." + version);
    }
    try (Stream<Path> refused = Files.list(home.resolve("quarantine"))) {
      assertThat(refused).isEmpty();
    }
    try (Stream<Path> jars = Files.list(home.resolve("deploy"))) {
      assertThat(jars).containsExactly(home.resolve("deploy/swap.jar"));
    }
  }
}
