package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Modules that fail are started again after a pause, those that hang are left behind, and nothing
/// else notices.
class SupervisionTest {

  @TempDir Path home;
  private FaultyDevice device;

  private void start(Map<String, String> settings) throws Exception {
    device = FaultyDevice.start(home, settings);
  }

  @AfterEach
  void stop() throws Exception {
    device.close();
  }

  private void install(String name, String fault) throws Exception {
    var _ = device.device().install(name, FaultyDevice.jar(name, "1.0.0", fault));
  }

  @Test
  void shouldStartAModuleAgainUntilItsStartNoLongerFails() throws Exception {
    start(Map.of("pump.supervision.pause", "20ms", "pump.supervision.restarts", "1000000"));
    install("pump", "start throws until mended");
    TestDevice.await(
        "three attempts", () -> device.heard.stream().filter("pump: started"::equals).count() >= 3);
    assertThat(device.shell("module:info pump")).contains("no antenna");
    device.mend();
    device.awaitState("pump", "ACTIVE");
    TestDevice.await("the log", () -> device.states("pump").getLast().equals("ACTIVE"));
    assertThat(device.states("pump")).startsWith("STARTING", "BACKOFF", "STARTING", "BACKOFF");
  }

  @Test
  void shouldLeaveAModuleDownThatFailsTooOftenUntilSomebodyStartsIt() throws Exception {
    start(Map.of("pump.supervision.pause", "5ms", "pump.supervision.restarts", "3"));
    install("pump", "start throws until mended");
    device.awaitState("pump", "FAILED");
    assertThat(device.heard.stream().filter("pump: started"::equals)).hasSize(4);
    assertThat(device.shell("module:info pump")).contains("4 failures within 300 s");
    device.mend();
    device.shell("module:start pump");
    device.awaitState("pump", "ACTIVE");
  }

  @Test
  void shouldKeepEventsAndStateWhileAModuleComesBack() throws Exception {
    start(Map.of("pump.supervision.pause", "20ms", "pump.supervision.restarts", "1000000"));
    install("pump", "fork dies until mended");
    device.awaitState("pump", "BACKOFF");
    for (int number = 1; number <= 100; number++) {
      device.shell("bus:post com/acme/WORK '{\"number\":" + number + "}'");
    }
    device.mend();
    device.awaitHeard("pump: work 100 of 100");
    List<String> works =
        device.heard.stream().filter(note -> note.startsWith("pump: work")).toList();
    assertThat(works).hasSize(100).isSortedAccordingTo((a, b) -> number(a) - number(b));
    assertThat(device.events("sonde/module/FORK_FAILED")).isNotEmpty();
    assertThat(device.states("pump")).contains("STOPPING", "BACKOFF");
  }

  private static int number(String work) {
    return Integer.parseInt(work.split(" ")[2]);
  }

  @Test
  void shouldNotStartAgainWhatSomebodyStopped() throws Exception {
    start(Map.of("pump.supervision.pause", "1h"));
    install("pump", "fork dies");
    device.awaitState("pump", "BACKOFF");
    device.shell("module:stop pump");
    assertThat(device.state("pump")).isEqualTo("STOPPED");
  }

  @Test
  void shouldKeepTheStateOfAModuleThatFailedTooOften() throws Exception {
    start(Map.of("pump.supervision.restarts", "0"));
    countTwoAndFail("FAILED");
    goOnCounting();
  }

  @Test
  void shouldKeepTheStateOfAModuleThatWasStoppedBeforeItCameBack() throws Exception {
    start(Map.of("pump.supervision.pause", "1h"));
    countTwoAndFail("BACKOFF");
    device.shell("module:stop pump");
    goOnCounting();
  }

  private void countTwoAndFail(String state) throws Exception {
    device.deploy("pump.jar", FaultyDevice.jar("pump", "1.0.0", "none"));
    device.awaitState("pump", "ACTIVE");
    device.work(1);
    device.work(2);
    device.awaitHeard("pump: work 2 of 2");
    device.deploy("pump.jar", FaultyDevice.jar("pump", "2.0.0", "fork dies until mended"));
    device.awaitState("pump", state);
  }

  private void goOnCounting() throws Exception {
    device.mend();
    device.shell("module:start pump");
    device.awaitState("pump", "ACTIVE");
    device.work(3);
    device.awaitHeard("pump: work 3 of 3");
  }

  @Test
  void shouldSayThatAHandlerIsOverdueAndThatItWentOn() throws Exception {
    start(Map.of("pump.supervision.handlerDeadline", "200ms"));
    install("pump", "handler hangs");
    device.shell("bus:post com/acme/WORK '{\"number\":1}'");
    device.awaitState("pump", "DEGRADED");
    assertThat(device.shell("module:info pump")).contains("FaultyModule.hang");
    device.mend();
    device.awaitState("pump", "ACTIVE");
    List<String> states = List.of("STARTING", "ACTIVE", "DEGRADED", "ACTIVE");
    TestDevice.await("the log", () -> device.states("pump").equals(states));
  }

  @Test
  void shouldLeaveAStartBehindThatHangs() throws Exception {
    start(Map.of("pump.supervision.startDeadline", "1500ms"));
    install("pump", "start hangs");
    device.awaitState("pump", "FAILED");
    assertThat(device.shell("module:info pump"))
        .contains("start has not come back for 1500 ms")
        .contains("FaultyModule.hang");
    device.checkThatTheRestGoesOn();
  }

  @Test
  void shouldRestartOnCommandAndKeepWhatWaits() throws Exception {
    start(Map.of());
    install("pump", "none");
    device.awaitState("pump", "ACTIVE");
    device.shell("bus:post com/acme/WORK '{\"number\":1}'");
    device.awaitHeard("pump: work 1 of 1");
    device.shell("module:restart pump");
    device.awaitState("pump", "ACTIVE");
    device.shell("bus:post com/acme/WORK '{\"number\":2}'");
    device.awaitHeard("pump: work 2 of 2");
  }

  @Test
  void shouldNameAThreadThatAModuleLeaks() throws Exception {
    start(Map.of());
    install("pump", "leaks a thread");
    device.awaitState("pump", "ACTIVE");
    device.shell("module:stop pump");
    assertThat(device.shell("module:info pump"))
        .contains("thread      acme-leak")
        .contains("FaultyModule.hang");
  }

  @Test
  void shouldStopSeveralModulesThatHangAtTheSameTime() throws Exception {
    start(Map.of());
    for (String name : List.of("one", "two", "three", "four", "five", "six")) {
      device.deploy(name + ".jar", FaultyDevice.jar(name, "1.0.0", "stop hangs"));
      device.awaitState(name, "ACTIVE");
    }
    device.device().close();
    List<String> stopping =
        TestDevice.loggedEvents(home).stream()
            .map(event -> event.get("event"))
            .filter(event -> event.path("bundle").asText().startsWith("com.acme."))
            .filter(event -> event.path("to").asText().matches("STOPPING|STOPPED"))
            .map(event -> event.get("to").asText())
            .toList();
    // All of them were told to stop before the first was left behind.
    assertThat(stopping.subList(0, 6)).containsOnly("STOPPING");
  }
}
