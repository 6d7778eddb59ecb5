package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys, from the simulator and from pins of Pi4J's mock provider, inside Felix.
class HardwareInFrameworkTest {

  @TempDir Path home;
  private TestDevice device;

  @BeforeEach
  void start() throws Exception {
    Path capture = new SmallCapture().arp().write(home.resolve("small.pcap"));
    device =
        TestDevice.start(
            home,
            Map.of(
                "sonde.config.network.source",
                "pcap:" + capture,
                "sonde.config.hardware.keys",
                "OK:13,BACK:21"));
    awaitPins();
  }

  /// They are opened beside the module, since that may take a while.
  private void awaitPins() throws Exception {
    TestDevice.await(
        "the pins",
        () -> device.shell("hardware:pins").contains("Pi4J Mock Digital Input (GPIO) Provider"));
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
  }

  private List<String> actions(String key) throws IOException {
    return SondeProcess.events(home, "sonde/input/KEY").stream()
        .filter(event -> event.get("key").asText().equals(key))
        .map(event -> event.get("action").asText())
        .toList();
  }

  private void awaitRelease(String key) throws Exception {
    TestDevice.await("the release of " + key, () -> actions(key).contains("RELEASE"));
  }

  @Test
  void shouldMakeATapOfAShortPress() throws Exception {
    assertThat(device.shell("hardware:press OK")).contains("OK").contains("80 ms");
    awaitRelease("OK");
    assertThat(actions("OK")).containsExactly("PRESS", "SHORT", "RELEASE");
  }

  @Test
  void shouldMakeALongPressWithRepeats() throws Exception {
    device.shell("hardware:press UP --hold 1000");
    awaitRelease("UP");
    assertThat(actions("UP"))
        .startsWith("PRESS", "LONG", "REPEAT")
        .endsWith("REPEAT", "RELEASE")
        .doesNotContain("SHORT");
  }

  @Test
  void shouldHaveAShortWayToALongPress() throws Exception {
    device.shell("hardware:press DOWN --long");
    awaitRelease("DOWN");
    assertThat(actions("DOWN")).startsWith("PRESS", "LONG").doesNotContain("SHORT");
  }

  @Test
  void shouldReadPinsThroughTheMockProvider() throws Exception {
    assertThat(device.shell("hardware:pins"))
        .containsPattern("13 +OK +high +up")
        .containsPattern("21 +BACK +high +up")
        .doesNotContain("Problem");
    device.shell("hardware:pins 13 low");
    TestDevice.await("the press", () -> actions("OK").contains("PRESS"));
    assertThat(device.shell("hardware:pins")).containsPattern("13 +OK +low +down");
    assertThat(device.shell("hardware:keys")).containsPattern("OK +down");
    device.shell("hardware:pins 13 high");
    awaitRelease("OK");
    assertThat(SondeProcess.events(home, "sonde/input/SWITCH"))
        .extracting(event -> event.get("closed").asBoolean())
        .containsExactly(true, false);
    assertThat(device.shell("hardware:pins")).containsPattern("13 +OK +high +up");
  }

  @Test
  void shouldOpenThePinsAgainAfterARestart() throws Exception {
    device.shell("module:stop hardware");
    device.shell("module:start hardware");
    awaitPins();
    device.shell("hardware:pins 21 low");
    TestDevice.await("the press", () -> actions("BACK").contains("PRESS"));
  }

  @Test
  void shouldNameTheKeysAndPinsThereAre() {
    assertThatThrownBy(() -> device.shell("hardware:press ENTER"))
        .hasMessageContaining("ENTER")
        .hasMessageContaining("UP, DOWN, LEFT, RIGHT, OK and BACK");
    assertThatThrownBy(() -> device.shell("hardware:pins 5 low"))
        .hasMessageContaining("Pin 5")
        .hasMessageContaining("hardware:pins lists");
    assertThatThrownBy(() -> device.shell("hardware:pins OK low"))
        .hasMessageContaining("hardware:pins 13 low");
  }
}
