package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A home on a disk that is full: the framework's cache, the log and the deploy folder have no
/// room.
class FullDiskTest {

  private static final List<String> TRIO = List.of("one", "two", "three");

  @TempDir Path mounted;
  private FaultyDevice device;
  private Path filler;

  @BeforeEach
  void start() throws Exception {
    Prerequisites.requireRoot();
    Prerequisites.assume(
        Tool.succeeds("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", mounted.toString()),
        "no file system may be mounted here");
    filler = mounted.resolve("filler");
    device = FaultyDevice.start(mounted, Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    if (device != null) {
      device.close();
      Tool.run("umount", "--lazy", mounted.toString());
    }
  }

  private void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (int size = 1 << 20; size > 0; size /= 2) {
        fill(out, new byte[size]);
      }
    }
  }

  private static void fill(OutputStream out, byte[] block) {
    try {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // There is no room for another.
    }
  }

  private Path moveIn(String module) throws IOException {
    return Files.move(
        mounted.resolve(module + ".part"),
        mounted.resolve("deploy").resolve(module + ".jar"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void shouldRefuseWhatHasNoRoomAndGoOnWhenThereIsSome() throws Exception {
    device.deploy("pump.jar", FaultyDevice.jar("pump", "1.0.0", "none"));
    device.awaitState("pump", "ACTIVE");
    for (String module : TRIO) {
      Files.write(mounted.resolve(module + ".part"), FaultyDevice.jar(module, "1.0.0", "none"));
    }
    Files.write(mounted.resolve("pump.part"), FaultyDevice.jar("pump", "2.0.0", "none"));
    fill();

    for (String module : TRIO) {
      moveIn(module);
    }
    moveIn("pump");
    for (String module : List.of("one", "two", "three", "pump")) {
      TestDevice.await(
          "the refusal of " + module,
          () -> device.shell("log:tail -n 100 'sonde/deploy/*'").contains(module + ".jar"));
    }
    assertThat(device.shell("doctor"))
        .contains("one.jar", "two.jar", "three.jar", "pump.jar", "4 things")
        .doesNotContain("refused:\n");
    device.work(1);
    device.awaitHeard("pump: work 1 of 1");
    for (String module : List.of("network", "logger", "hardware", "ui", "pump")) {
      assertThat(device.state(module)).isEqualTo("ACTIVE");
    }
    assertThat(device.shell("module:info pump")).contains("com.acme.pump 1.0.0");

    Files.delete(filler);
    TestDevice.await("the jar that runs", () -> Files.exists(mounted.resolve("deploy/pump.jar")));
    for (String module : TRIO) {
      Path reason = mounted.resolve("quarantine").resolve(module + ".jar.reason.txt");
      TestDevice.await("its reason", () -> TestDevice.contains(reason, "the disk is full"));
    }
    TestDevice.await(
        "the log again",
        () -> device.shell("log:tail -n 100").contains("events.jsonl is written again"));
    device.work(2);
    device.awaitHeard("pump: work 2 of 2");
    TestDevice.await(
        "the event in it", () -> device.events("com/acme/WORK").contains("{\"number\":2}"));
    assertThat(mounted.resolve("log/history-broken.db")).doesNotExist();
    System.out.printf(
        "| full disk | refused: the disk is full; the logger says what it can not write | %d ms |%n",
        device.checkThatTheRestGoesOn().toMillis());
  }
}
