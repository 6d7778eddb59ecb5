package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` at moments of a start, of an installation and of a stop: the next start has all
/// modules again, and all that is in `deploy/`.
class KilledDeviceTest {

  private static final String NONE = "none";

  @TempDir Path folder;
  private Path home;
  private SondeCommands sonde;

  @BeforeEach
  void nameHome() throws Exception {
    home = folder.resolve("home");
    sonde = new SondeCommands(home);
    deploy("1.0.0");
  }

  private void deploy(String version) throws Exception {
    byte[] jar =
        TestBundles.of(
            "dev.sonde.it.plain",
            version,
            Map.of("Bundle-Activator", "dev.sonde.it.plain.PlainBundle"));
    Path beside = folder.resolve("plain.part");
    Files.write(beside, jar);
    Path target = Files.createDirectories(home.resolve("deploy")).resolve("plain.jar");
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private SondeProcess begin() throws IOException {
    return SondeProcess.headless(home, "--source", "sample");
  }

  private void killWhen(String what, Callable<Boolean> moment) throws Exception {
    try (SondeProcess device = begin()) {
      device.await(what, moment);
      kill(device);
    }
  }

  private void comesUpWith(String version) throws Exception {
    try (SondeProcess device = begin()) {
      sonde.awaitStage(device, "running");
      device.await("all modules", () -> sonde.activeModules() == SondeCommands.MODULES);
      device.await(
          "the jar", () -> sonde.shell("lb plain").matches("(?s).*Active.*" + version + ".*"));
      assertThat(device.err()).doesNotContain("SAFE MODE").doesNotContain("Exception");
      device.signal("TERM");
      device.awaitExit();
    }
  }

  private static void kill(SondeProcess device) throws Exception {
    device.signal("KILL");
    device.awaitExit();
  }

  /// What a former run left there does not count.
  private Callable<Boolean> appears(String file) throws IOException {
    Path path = home.resolve(file);
    Object before = key(path);
    return () -> {
      Object now = key(path);
      return !now.equals(NONE) && !now.equals(before);
    };
  }

  /// The copy goes to where the last good one is, and where it was may be seen too late.
  private Callable<Boolean> isCopied() throws IOException {
    Callable<Boolean> staged = appears("data/staging/plain.jar");
    Callable<Boolean> deployed = appears("data/deployed/plain.jar");
    return () -> staged.call() || deployed.call();
  }

  private static Object key(Path path) throws IOException {
    try {
      return List.of(Files.getAttribute(path, "unix:ino"), Files.getLastModifiedTime(path));
    } catch (NoSuchFileException e) {
      return NONE;
    }
  }

  @Test
  void shouldSurviveAKillWhileItStarts() throws Exception {
    try (SondeProcess device = begin()) {
      sonde.awaitStage(device, "starting");
      kill(device);
    }
    killWhen("the cache", appears("data/cache/bundle0"));
    comesUpWith("1.0.0");
    killWhen("half of the bundles", appears("data/cache/bundle9"));
    killWhen("the supervisor", appears("data/exec.socket"));
    comesUpWith("1.0.0");
  }

  @Test
  void shouldSurviveAKillWhileItInstalls() throws Exception {
    killWhen("the copy", isCopied());
    killWhen("the last good one", appears("data/deployed/plain.jar"));
    comesUpWith("1.0.0");
    for (String version : List.of("1.1.0", "1.2.0")) {
      try (SondeProcess device = begin()) {
        sonde.awaitStage(device, "running");
        device.await("the jar", () -> sonde.shell("lb plain").contains("Active"));
        Callable<Boolean> copied =
            version.equals("1.1.0") ? isCopied() : appears("data/deployed/plain.jar");
        deploy(version);
        device.await("its update", copied);
        kill(device);
      }
      comesUpWith(version);
    }
  }

  @Test
  void shouldSurviveAKillWhileItStops() throws Exception {
    try (SondeProcess device = begin()) {
      sonde.awaitStage(device, "running");
      device.await("all modules", () -> sonde.activeModules() == SondeCommands.MODULES);
      device.signal("TERM");
      sonde.awaitStage(device, "stopping");
      kill(device);
    }
    comesUpWith("1.0.0");
  }

  @Test
  void shouldCopyAConfigurationFileWhoseCopyBrokeOff() throws Exception {
    Files.createDirectories(home.resolve("conf"));
    Files.writeString(home.resolve("conf/.network.cfg.new"), "# The netw");
    comesUpWith("1.0.0");
    assertThat(home.resolve("conf/network.cfg"))
        .hasSameTextualContentAs(
            Path.of(System.getProperty("sonde.distribution")).resolve("conf/network.cfg"));
  }
}
