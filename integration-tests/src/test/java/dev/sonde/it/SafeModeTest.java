package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A jar in `deploy/` that takes the process down, each time.
class SafeModeTest {

  private static final int CRASH = 9;
  private static final int FAILED = 1;
  private static final int SIGTERM = 143;
  private static final int BROKE_OFF = 1;
  private static final int DOES_NOT_RUN = 3;

  @TempDir Path folder;
  private Path home;
  private Path jar;
  private SondeCommands sonde;

  @BeforeEach
  void deployWhatIsFatal() throws Exception {
    home = folder.resolve("home");
    sonde = new SondeCommands(home);
    jar = Files.createDirectories(home.resolve("deploy")).resolve("fatal.jar");
    Files.write(jar, fatal(Map.of()));
  }

  private static byte[] fatal(Map<String, String> headers) throws Exception {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Bundle-Activator", "dev.sonde.it.fatal.FatalBundle");
    return TestBundles.of("dev.sonde.it.fatal", "1.0.0", all);
  }

  private SondeProcess begin() throws Exception {
    return SondeProcess.headless(home, "--source", "sample");
  }

  private void crash() throws Exception {
    try (SondeProcess device = begin()) {
      assertThat(device.awaitExit()).as("%s", device).isEqualTo(CRASH);
      assertThat(device.err()).doesNotContain("SAFE MODE");
    }
  }

  @Test
  void shouldComeUpWithoutTheDeployFolderAfterThreeCrashes() throws Exception {
    crash();
    crash();
    crash();
    assertThat(sonde.expect(BROKE_OFF, "status")).contains("the next one leaves deploy/ alone");
    try (SondeProcess safe = begin()) {
      safe.awaitEvent(home, "sonde/module/SAFE_MODE");
      assertThat(safe.err())
          .contains("*** SAFE MODE: the last 3 runs broke off")
          .contains("Jars in it, the newest first: fatal.jar.")
          .contains("Way out: ");
      assertThat(
              SondeProcess.events(home, "sonde/module/SAFE_MODE")
                  .getLast()
                  .get("brokenRuns")
                  .asInt())
          .isEqualTo(3);
      TestDevice.await("all modules", () -> sonde.activeModules() == SondeCommands.MODULES);
      assertThat(sonde.expect(0, "status"))
          .contains("Sonde runs in SAFE MODE, without deploy/, on");
      assertThat(sonde.expect(0, "doctor")).contains("safe mode").contains("->");
      assertThat(jar).exists();
      end(safe);
    }
    assertThat(sonde.expect(DOES_NOT_RUN, "status")).doesNotContain("SAFE");
  }

  @Test
  void shouldLeaveSafeModeWhenTheFaultIsGone() throws Exception {
    crash();
    crash();
    crash();
    Files.delete(jar);
    try (SondeProcess safe = begin()) {
      sonde.awaitStage(safe, "safe-mode");
      end(safe);
    }
    try (SondeProcess normal = begin()) {
      sonde.awaitStage(normal, "running");
      assertThat(normal.err()).doesNotContain("SAFE MODE");
      end(normal);
    }
  }

  @Test
  void shouldForgetCrashesWhenARunEndsInOrder() throws Exception {
    crash();
    crash();
    Path aside = Files.move(jar, folder.resolve("fatal.jar"));
    try (SondeProcess good = begin()) {
      sonde.awaitStage(good, "running");
      end(good);
    }
    Files.move(aside, jar);
    crash();
    crash();
  }

  @Test
  void shouldNotTakeAProcessThatABundleEndsForOneThatEndsInOrder() throws Exception {
    Files.write(jar, fatal(Map.of("Fatal", "exit")));
    try (SondeProcess device = begin()) {
      // The framework can not stop: the activator that waits for the end holds its lock.
      assertThat(device.awaitExit()).as("%s", device).isEqualTo(FAILED);
      assertThat(device.err())
          .contains("ended from inside, by System.exit at dev.sonde.it.fatal.FatalBundle");
    }
    assertThat(sonde.expect(BROKE_OFF, "status")).contains("did not end in order");
    assertThat(home.resolve("data/boots")).hasContent("1");
  }

  private static void end(SondeProcess device) throws Exception {
    device.signal("TERM");
    assertThat(device.awaitExit()).isEqualTo(SIGTERM);
  }
}
