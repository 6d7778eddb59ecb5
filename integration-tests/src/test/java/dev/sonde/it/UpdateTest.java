package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A module and its event types are replaced while events of these types wait for it.
class UpdateTest {

  private static final String VALVE = "com.acme.valve";

  @TempDir Path home;
  private TestDevice device;

  @BeforeEach
  void start() throws Exception {
    device =
        TestDevice.start(
            home,
            Map.of("sonde.config.network.source", "sample", "sonde.config.logger.console", ""));
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
  }

  @Test
  @SuppressWarnings("unchecked")
  void shouldRebuildWhatWaitsOrTellThatItCanNotBeAndForgetWhatIsRetained() throws Exception {
    deploy("dev.sonde.it.oldvalve", "1.0.0", Map.of("-dsannotations", "*"));
    TestDevice.await("the module", () -> info().contains("state       ACTIVE"));
    post("OPENED", "{\"valve\":\"a\",\"percent\":1}");
    TestDevice.await("the handler that hangs", () -> info().contains("ValveModule.hang"));
    post("OPENED", "{\"valve\":\"b\",\"percent\":2}");
    post("CLOSED", "{\"valve\":\"c\"}");
    post("OPENED", "{\"valve\":\"d\",\"percent\":3}");
    post("CLOSED", "{\"valve\":\"e\"}");

    deploy(
        "dev.sonde.it.newvalve",
        "2.0.0",
        Map.of("Bundle-Activator", "dev.sonde.it.newvalve.ValveBundle"));
    TestDevice.await(
        "the next version", () -> device.bundle(VALVE).getVersion().toString().equals("2.0.0"));
    TestDevice.await("the module", () -> info().contains("state       ACTIVE"));
    post("CLOSED", "{\"valve\":\"f\",\"seconds\":4}");

    Queue<String> heard = device.service(Queue.class, "valve");
    TestDevice.await("the new event", () -> heard.contains("Closed[valve=f, seconds=4]"));
    assertThat(heard)
        .containsExactly(
            "Opened[percent=2, valve=b]",
            "Opened[percent=3, valve=d]",
            "missed 2",
            "Closed[valve=f, seconds=4]");
    assertThat(info()).contains("matched 3, delivered 1, missed 2, waiting 0 of 1024");
  }

  private void deploy(String packageName, String version, Map<String, String> headers)
      throws Exception {
    Map<String, String> all = new HashMap<>(headers);
    all.put("Bundle-SymbolicName", VALVE);
    DeployFolder.moveIn(home, "valve.jar", TestBundles.of(packageName, version, all));
  }

  private void post(String what, String json) throws Exception {
    device.shell("bus:post com/acme/valve/" + what + " '" + json + "'");
  }

  private String info() throws Exception {
    return device.shell("module:list").contains("valve") ? device.shell("module:info valve") : "";
  }
}
