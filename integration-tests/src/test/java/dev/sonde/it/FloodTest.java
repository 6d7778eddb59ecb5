package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three modules at once flood a device with a small heap, and hang in their handlers.
class FloodTest {

  /// Each of the three floods has 320 MiB.
  private static final List<String> SMALL_HEAP = List.of("env", "SONDE_JAVA_OPTS=-Xmx64m");

  /// What a subscription lets wait if it asks for nothing else.
  private static final long CAPACITY_BYTES = 4 << 20;

  private static final List<String> FLOODS = List.of("flood1", "flood2", "flood3");

  @TempDir Path folder;

  @Test
  void shouldOutliveAFloodAndTellWhatItCost() throws Exception {
    Path home = folder.resolve("home");
    try (SondeProcess sonde =
        SondeProcess.headlessBehind(
            SMALL_HEAP,
            home,
            "--source",
            "sample",
            "--set",
            "logger.except=sonde/network/PACKET, com/acme/flood/LOAD")) {
      sonde.awaitShell(home);
      for (String name : FLOODS) {
        DeployFolder.moveIn(home, name + ".jar", jar("dev.sonde.it.flood", "com.acme." + name));
      }
      sonde.await(
          "the end of all three floods",
          () -> SondeProcess.events(home, "com/acme/flood/ENDED").size() == FLOODS.size());

      long begun = System.nanoTime();
      DeployFolder.moveIn(home, "swap.jar", jar("dev.sonde.it.swap", "com.acme.swap"));
      sonde.awaitEvent(home, "com/acme/swap/HELLO");
      System.out.printf(
          "| event flood against a heap of 64 MiB | DEGRADED with its stack; what was lost, in"
              + " doctor | %d ms |%n",
          Duration.ofNanos(System.nanoTime() - begun).toMillis());

      for (JsonNode inbox : inboxes(home)) {
        assertThat(figure(inbox, "matched"))
            .as(inbox.toString())
            .isEqualTo(
                figure(inbox, "delivered") + figure(inbox, "missed") + figure(inbox, "waiting"));
        assertThat(figure(inbox, "waitingBytes")).isLessThanOrEqualTo(CAPACITY_BYTES);
      }
      String doctor = shell(home, "doctor");
      for (String name : FLOODS) {
        assertThat(doctor).contains(name);
      }
      sonde.await("its state", () -> shell(home, "module:info flood1").contains("DEGRADED"));
      assertThat(shell(home, "module:info flood1"))
          .contains("FloodModule.hang")
          .containsPattern("missed [1-9]");
      assertThat(shell(home, "module:list")).containsPattern("network +ACTIVE");
      assertThat(sonde.out()).doesNotContain("OutOfMemory");
      sonde.signal("TERM");
      assertThat(sonde.awaitExit()).as("%s", sonde).isEqualTo(143);
    }
  }

  private static List<JsonNode> inboxes(Path home) throws Exception {
    JsonNode stats = new ObjectMapper().readTree(shell(home, "bus:stats --json"));
    return stats.findParents("matched");
  }

  private static long figure(JsonNode inbox, String name) {
    return inbox.get(name).asLong();
  }

  private static byte[] jar(String packageName, String symbolicName) throws Exception {
    return TestBundles.of(
        packageName, "1.0.0", Map.of("Bundle-SymbolicName", symbolicName, "-dsannotations", "*"));
  }

  private static String shell(Path home, String command) throws Exception {
    return new SondeCommands(home).shell(command);
  }
}
