package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The device in the background: `start`, `stop`, `status`, `console`, `doctor`.
class BackgroundTest {

  private static final int RUNS = 0;
  private static final int BROKE_OFF = 1;
  private static final int DOES_NOT_RUN = 3;
  private static final int UNKNOWN = 4;
  private static final int IN_USE = 5;

  @TempDir Path folder;
  private Path home;
  private SondeCommands sonde;

  @BeforeEach
  void nameHome() {
    home = folder.resolve("home");
    sonde = new SondeCommands(home);
  }

  @AfterEach
  void endWhatIsLeft() throws Exception {
    if (Files.exists(home.resolve(".lock"))) {
      sonde.expect(0, "stop");
    }
  }

  private void start() throws Exception {
    assertThat(sonde.expect(0, "start", "--source", "sample"))
        .contains("Sonde runs on " + home + ", process " + pid());
  }

  /// It runs once its bundles have started; modules start beside that.
  private void awaitModules() throws Exception {
    TestDevice.await("all modules", () -> sonde.activeModules() == SondeCommands.MODULES);
  }

  private String pid() throws Exception {
    return Files.readString(home.resolve(".lock")).split(" ", 2)[0];
  }

  private void kill(String signal) throws Exception {
    Tool.run("kill", "-" + signal, pid());
  }

  private void awaitEnd(String pid) throws Exception {
    ProcessHandle.of(Long.parseLong(pid))
        .ifPresent(process -> process.onExit().orTimeout(60, TimeUnit.SECONDS).join());
  }

  @Test
  void shouldStartAnswerAndStop() throws Exception {
    start();
    awaitModules();
    assertThat(sonde.expect(RUNS, "status"))
        .contains("Sonde runs on " + home + ", process " + pid() + ", since 20")
        .contains("network        ACTIVE");
    assertThat(sonde.expect(0, "doctor")).contains("All is well");
    assertThat(sonde.expect(0, "stop")).contains("Sonde on " + home + " has stopped.");
    assertThat(sonde.expect(DOES_NOT_RUN, "status")).isEqualTo("No Sonde runs on " + home + ".\n");
    assertThat(sonde.expect(0, "stop")).isEqualTo("No Sonde runs on " + home + ".\n");
  }

  @Test
  void shouldNotRunBeforeItWasStarted() throws Exception {
    assertThat(sonde.expect(DOES_NOT_RUN, "status")).isEqualTo("No Sonde runs on " + home + ".\n");
    assertThat(sonde.expect(0, "stop")).contains("No Sonde runs on " + home);
    assertThat(sonde.expect(1, "doctor")).contains("No Sonde runs").contains("-> sonde start");
    assertThat(sonde.expect(1, "console")).contains("no Sonde runs on " + home);
    assertThat(home).doesNotExist();
  }

  @Test
  void shouldRefuseASecondOneOnTheSameHome() throws Exception {
    start();
    assertThat(sonde.expect(IN_USE, "start")).contains("already, as process " + pid());
    assertThat(sonde.expect(IN_USE, "run", "--headless")).contains("in use by process " + pid());
    awaitModules();
    assertThat(sonde.expect(RUNS, "status")).contains("ACTIVE");
  }

  @Test
  void shouldSayWhatAKilledRunLeftBehind() throws Exception {
    start();
    String killed = pid();
    kill("KILL");
    awaitEnd(killed);
    assertThat(sonde.expect(BROKE_OFF, "status"))
        .contains("No Sonde runs on " + home)
        .contains("process " + killed + ", did not end in order");
    assertThat(sonde.expect(0, "stop")).contains("No Sonde runs");
    start();
    assertThat(pid()).isNotEqualTo(killed);
    awaitModules();
    assertThat(sonde.expect(RUNS, "status")).contains("ACTIVE");
  }

  @Test
  void shouldSayThatADeviceDoesNotAnswer() throws Exception {
    start();
    kill("STOP");
    try {
      assertThat(sonde.expect(UNKNOWN, "status"))
          .contains("not answered")
          .contains("jcmd " + pid());
    } finally {
      kill("CONT");
    }
  }

  @Test
  void shouldSayWhyItDidNotStart() throws Exception {
    assertThat(sonde.expect(3, "start", "--source", "live:nosuch0"))
        .contains("Sonde ended while it started, with exit code 3")
        .contains("nosuch0");
    assertThat(sonde.expect(2, "start", "--sorce", "sample")).contains("did you mean --source?");
  }

  @Test
  void shouldPrintOnlyWarningsInTheBackground() throws Exception {
    start();
    TestDevice.await(
        "events", () -> !SondeProcess.events(home, "sonde/network/capture/STARTED").isEmpty());
    assertThat(home.resolve("log/sonde.out")).content().contains("Sonde").doesNotContain("STARTED");
  }

  @Test
  void shouldRunLinesOfAPipe() throws Exception {
    start();
    awaitModules();
    Path commands = Files.writeString(folder.resolve("commands"), "module:list\n\nno:such\n");
    Path out = folder.resolve("console.txt");
    Process console =
        new ProcessBuilder(List.of(SondeProcess.EXECUTABLE, "console", "--home", home.toString()))
            .redirectInput(commands.toFile())
            .redirectErrorStream(true)
            .redirectOutput(new File(out.toString()))
            .start();
    assertThat(console.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(console.exitValue()).isEqualTo(1);
    assertThat(Files.readString(out, StandardCharsets.UTF_8))
        .contains("network        ACTIVE")
        .contains("unknown command 'no:such'");
  }
}
