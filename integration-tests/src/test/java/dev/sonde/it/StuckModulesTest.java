package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three modules at once that ignore interrupts: one loops, one sits in a native call, one hangs in
/// its class initialiser.
class StuckModulesTest {

  private static final int SIGTERM = 143;

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void nameHome() {
    home = folder.resolve("home");
  }

  @Test
  void shouldGoOnAndShutDownWithModulesThatAreStuck() throws Exception {
    try (SondeProcess sonde = SondeProcess.headless(home, "--source", "sample")) {
      sonde.awaitShell(home);
      for (String module : List.of("Looping", "Native", "Initialising")) {
        deploy(module.toLowerCase(Locale.ROOT), stuck(module));
      }
      sonde.await("the looping module", () -> shell("module:list").contains("looping"));
      sonde.await("the module with an initialiser", () -> state("initialising").equals("STARTING"));
      shell("bus:post com/acme/LOOP {}");

      sonde.await(
          "their names", () -> names().containsAll(List.of("looping", "native", "initialising")));
      // The console follows the file in its own time.
      for (String told :
          List.of(
              "Module looping has not come back",
              "LoopingModule.loop",
              "NativeModule.pause",
              "InitialisingModule.initialise")) {
        sonde.await(told, () -> sonde.out().contains(told));
      }

      deploy(
          "probe",
          TestBundles.of(
              "dev.sonde.it.probe",
              "1.0.0",
              Map.of("Bundle-Activator", "dev.sonde.it.probe.ProbeBundle")));
      sonde.await("a module that comes later", () -> state("probe").equals("ACTIVE"));
      assertThat(shell("module:info looping")).contains("LoopingModule.loop");
      shell("bus:post com/acme/DOOR '{\"open\":true}'");
      assertThat(sonde.awaitEvent(home, "com/acme/DOOR").toString()).contains("open");
      sonde.await("the state of a module that loops", () -> state("looping").equals("DEGRADED"));

      sonde.signal("TERM");
      assertThat(sonde.awaitExit()).as("%s", sonde).isEqualTo(SIGTERM);
    }
  }

  private static byte[] stuck(String module) throws Exception {
    return TestBundles.of(
        "dev.sonde.it.stuck",
        "1.0.0",
        Map.of(
            "Bundle-SymbolicName",
            "com.acme." + module.toLowerCase(Locale.ROOT),
            "-dsannotations",
            "dev.sonde.it.stuck." + module + "Module"));
  }

  private void deploy(String name, byte[] jar) throws Exception {
    DeployFolder.moveIn(home, name + ".jar", jar);
  }

  private String shell(String command) throws Exception {
    return new SondeCommands(home).shell(command);
  }

  private String state(String module) throws Exception {
    return TestDevice.stateIn(shell("module:list"), module);
  }

  /// The modules that were told to be stuck.
  private List<String> names() throws Exception {
    return SondeProcess.events(home, "sonde/module/STUCK").stream()
        .map(event -> event.get("name"))
        .map(JsonNode::asText)
        .toList();
  }
}
