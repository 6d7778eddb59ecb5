package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A flood at a plain handler that hangs, in a process with far less memory than the flood has.
class EventAdminFloodTest {

  /// The flood has 1 GB.
  private static final String HEAP = "-Xmx64m";

  @TempDir Path home;

  @Test
  void shouldBoundWhatWaitsForAHandlerThatHangsAndTellOnceWhatItMissed() throws Exception {
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

    long missed = FloodProgram.EVENTS - 1L - FloodProgram.CAPACITY;
    assertThat(figures)
        .containsEntry("heard", (long) FloodProgram.EVENTS)
        .containsEntry("outOfOrder", 0L)
        .containsEntry("callsWhileHanging", 1L)
        .containsEntry("hanging.matched", (long) FloodProgram.EVENTS)
        .containsEntry("hanging.delivered", 1L)
        .containsEntry("hanging.waiting", (long) FloodProgram.CAPACITY)
        .containsEntry("hanging.missed", missed)
        .containsEntry("released.delivered", 1L + FloodProgram.CAPACITY)
        .containsEntry("released.waiting", 0L)
        .containsEntry("released.missed", missed)
        .containsEntry("lossMissed", missed);
    assertThat(printed.lines().filter(line -> line.contains("is too slow"))).hasSize(1);
    assertThat(printed.lines().filter(line -> line.contains("it missed " + missed))).hasSize(1);
  }
}
