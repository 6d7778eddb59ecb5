package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Floods at a plain handler that hangs, in a process with far less memory than a flood has.
class EventAdminFloodTest {

  /// Each of the floods has 500 MB.
  private static final String HEAP = "-Xmx64m";

  @TempDir Path home;

  @Test
  void shouldBoundWhatWaitsForAHandlerThatHangsAndTellOnceABurstWhatItMissed() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "--sun-misc-unsafe-memory-access=allow",
                "-Dsonde.distribution=" + System.getProperty("sonde.distribution"),
                "-cp",
                System.getProperty("java.class.path"),
                FloodProgram.class.getName(),
                home.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    Map<String, Long> figures =
        printed
            .lines()
            .map(line -> line.split(" "))
            .filter(words -> words[0].equals("figure"))
            .collect(Collectors.toMap(words -> words[1], words -> Long.parseLong(words[2])));

    for (long burst = 1; burst <= FloodProgram.BURSTS; burst++) {
      long matched = burst * FloodProgram.EVENTS;
      long missed = burst * (FloodProgram.EVENTS - 1L - FloodProgram.CAPACITY);
      long deliveredBefore = (burst - 1) * (1L + FloodProgram.CAPACITY);
      assertThat(figures)
          .containsEntry(burst + ".heard", matched)
          .containsEntry(burst + ".outOfOrder", 0L)
          .containsEntry(burst + ".callsWhileHanging", 1L)
          .containsEntry(burst + ".hanging.matched", matched)
          .containsEntry(burst + ".hanging.delivered", deliveredBefore + 1)
          .containsEntry(burst + ".hanging.waiting", (long) FloodProgram.CAPACITY)
          .containsEntry(burst + ".hanging.missed", missed)
          .containsEntry(burst + ".released.delivered", matched - missed)
          .containsEntry(burst + ".released.waiting", 0L)
          .containsEntry(burst + ".released.missed", missed);
    }
    assertThat(printed.lines().filter(line -> line.contains("is too slow")))
        .hasSize(FloodProgram.BURSTS);
    long missedEach = FloodProgram.EVENTS - 1L - FloodProgram.CAPACITY;
    assertThat(printed.lines().filter(line -> line.contains("it missed " + missedEach)))
        .as(printed)
        .hasSize(FloodProgram.BURSTS);
  }
}
