package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A tour: install, break, ask the doctor, mend, configure, uninstall.
class ModuleCommandsTest {

  private static final int COLUMNS = 80;

  @TempDir static Path home;
  private static FaultyDevice device;

  @BeforeAll
  static void start() throws Exception {
    device = FaultyDevice.start(home, Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    device.close();
  }

  private static String shell(String command) throws Exception {
    String printed = device.shell(command);
    System.out.printf("sonde> %s%n%s%n", command, printed);
    assertThat(printed.lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
    return printed;
  }

  private static Path jar(String version, String fault) throws Exception {
    return Files.write(home.resolve("valve.jar"), FaultyDevice.jar("valve", version, fault));
  }

  @Test
  void shouldInstallUpdateDiagnoseAndUninstall() throws Exception {
    assertThat(shell("doctor")).contains("All is well");
    assertThat(device.shell("module:install " + jar("1.0.0", "none")))
        .contains("valve.jar: com.acme.valve 1.0.0 runs");
    assertThat(device.shell("module:update valve " + jar("2.0.0", "start throws")))
        .contains("refused")
        .contains("no antenna");
    assertThat(device.state("valve")).isEqualTo("ACTIVE");
    assertThat(shell("doctor")).contains("valve.jar").contains("antenna").contains("1 thing");
    assertThat(device.shell("module:update valve " + jar("3.0.0", "none"))).contains("3.0.0 runs");
    shell("module:stop valve");
    assertThat(shell("doctor")).contains("STOPPED").contains("module:start valve");
    shell("module:start valve");
    assertThat(shell("doctor")).contains("All is well");
    assertThat(shell("module:uninstall valve")).contains("valve.jar is gone");
    assertThat(device.state("valve")).isEqualTo("absent");
    assertThatThrownBy(() -> device.shell("module:uninstall network"))
        .hasMessageContaining("did not come from deploy/");
  }

  @Test
  void shouldShowAndSetSettingsAndKeepComments() throws Exception {
    Path file = home.resolve("conf/ui.cfg");
    Files.writeString(file, "# The screen.\n#framesPerSecond = 10\n");
    assertThat(shell("module:config ui"))
        .contains("framesPerSecond = 10")
        .contains("supervision.restarts = 5");
    assertThat(shell("module:config ui framesPerSecond=5")).contains("framesPerSecond = 5");
    assertThat(Files.readString(file))
        .isEqualTo("# The screen.\n#framesPerSecond = 10\nframesPerSecond = 5\n");
    assertThat(shell("module:config ui")).contains("framesPerSecond = 5 (default 10)");
    assertThatThrownBy(() -> device.shell("module:config ui framesPerSecond=many"))
        .hasMessageContaining("framesPerSecond is 'many'; expected a number");
    assertThatThrownBy(() -> device.shell("module:config ui colour=red"))
        .hasMessageContaining("has no setting colour; it has ");
    assertThat(shell("module:config ui framesPerSecond=")).contains("is 10 again");
    assertThat(Files.readString(file)).isEqualTo("# The screen.\n#framesPerSecond = 10\n");
  }

  @Test
  void shouldKeepTheLastGoodValueAndNameFileLineAndKey() throws Exception {
    Path file = home.resolve("conf/hardware.cfg");
    Files.writeString(file, "# Keys.\ndebounce = soon\n");
    TestDevice.await(
        "the rejection",
        () ->
            device.events("sonde/module/CONFIGURATION_REJECTED").stream()
                .anyMatch(event -> event.contains("hardware.cfg") && event.contains("\"line\":2")));
    assertThat(shell("doctor")).contains("conf/hardware.cfg").contains("debounce");
    assertThat(device.state("hardware")).isEqualTo("ACTIVE");
    Files.writeString(file, "# Keys.\ndebounce = 5ms\n");
    TestDevice.await("no complaint", () -> !device.shell("doctor").contains("hardware.cfg"));
  }

  @Test
  void shouldFollowAConfigurationThatChangesAllTheTime() throws Exception {
    Path file = home.resolve("conf/network.cfg");
    for (int change = 1; change <= 300; change++) {
      Files.writeString(file, "statisticsPeriod = " + (1_000 + change) + "ms\n");
    }
    TestDevice.await(
        "the last value", () -> device.shell("module:config network").contains("= 1300ms"));
    assertThat(device.state("network")).isEqualTo("ACTIVE");
    device.checkThatTheRestGoesOn();
  }

  @Test
  void shouldSayForWhatAModuleWaits() throws Exception {
    byte[] waiting =
        TestBundles.of(
            "dev.sonde.it.waiting",
            "1.0.0",
            Map.of("-dsannotations", "*", "-noimportjava", "true"));
    device.deploy("waiting.jar", waiting);
    device.awaitState("waiting", "WAITING");
    assertThat(device.shell("module:info waiting")).contains("waits for the service");
    assertThat(shell("doctor")).contains("WAITING").contains("java.util.concurrent.Phaser");
    Files.delete(home.resolve("deploy/waiting.jar"));
    device.awaitState("waiting", "absent");
  }
}
