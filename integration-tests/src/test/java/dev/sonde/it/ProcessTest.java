package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The device as a process: how it starts, is reached from outside, and ends.
class ProcessTest {

  private static final int FAILED = 1;
  private static final int SIGINT = 130;
  private static final int SIGKILL = 137;
  private static final int SIGTERM = 143;

  /// A shell in the background has its children ignore SIGINT, and so has whom they start.
  private static final List<String> WITH_SIGNALS = List.of("env", "--default-signal=INT,TERM");

  private static final String STARTED = "sonde/network/capture/STARTED";

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void nameHome() {
    home = folder.resolve("home");
  }

  private Path smallCapture() throws IOException {
    return new SmallCapture()
        .arp()
        .dnsQuery("example.org")
        .dnsResponse("example.org")
        .datagram()
        .write(folder.resolve("small.pcap"));
  }

  @Test
  void shouldRunWithoutATerminal() throws Exception {
    try (SondeProcess sonde =
        SondeProcess.start(
            folder, "run", "--home", home.toString(), "--source", "pcap:" + smallCapture())) {
      sonde.awaitShell(home);
      sonde.awaitEvent(home, "sonde/network/capture/STOPPED");
      assertThat(sonde.isAlive()).isTrue();
      TestDevice.await(
          "the query on the console", () -> sonde.out().contains("sonde/network/dns/QUERY"));
      assertThat(sonde.out()).doesNotContain("g!");
      assertThat(sonde.err()).isEmpty();
      sonde.signal("TERM");
      assertThat(sonde.awaitExit()).isEqualTo(SIGTERM);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample", "pcap"})
  void shouldEndInOrderOnSigterm(String source) throws Exception {
    endOnSignal(source.equals("pcap") ? "pcap:" + smallCapture() : source, "TERM", SIGTERM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample", "pcap"})
  void shouldEndInOrderOnSigint(String source) throws Exception {
    endOnSignal(source.equals("pcap") ? "pcap:" + smallCapture() : source, "INT", SIGINT);
  }

  private void endOnSignal(String source, String signal, int code) throws Exception {
    try (SondeProcess sonde = SondeProcess.headlessBehind(WITH_SIGNALS, home, "--source", source)) {
      sonde.awaitShell(home);
      sonde.awaitEvent(home, "sonde/network/ARP");
      sonde.signal(signal);
      // By itself: what does not stop in time is ended with another code, and named.
      assertThat(sonde.awaitExit()).isEqualTo(code);
      assertThat(sonde.err()).isEmpty();
    }
    assertThat(home.resolve("data/exec.socket")).doesNotExist();
    onlyWholeLines();
  }

  @Test
  void shouldStartAgainAfterItWasKilled() throws Exception {
    long eventsBefore;
    try (SondeProcess sonde =
        SondeProcess.headless(home, "--source", "sample", "--set", "network.speed=max")) {
      sonde.awaitShell(home);
      sonde.await("many events", () -> TestDevice.loggedEvents(home).size() > 1000);
      sonde.signal("KILL");
      assertThat(sonde.awaitExit()).isEqualTo(SIGKILL);
      eventsBefore = TestDevice.loggedEvents(home).size();
    }
    try (SondeProcess sonde =
        SondeProcess.headless(home, "--exit-when-done", "--source", "pcap:" + smallCapture())) {
      assertThat(sonde.awaitExit()).as("%s", sonde).isZero();
      assertThat(sonde.err()).isEmpty();
    }
    onlyWholeLines();
    assertThat(TestDevice.loggedEvents(home)).hasSizeGreaterThan((int) eventsBefore);
    assertThat(SondeProcess.events(home, STARTED)).hasSize(2);
  }

  private void onlyWholeLines() throws IOException {
    String text = Files.readString(home.resolve("log/events.jsonl"));
    assertThat(text).endsWith("\n");
    var json = new ObjectMapper();
    for (String line : text.lines().toList()) {
      assertThat(json.readTree(line).fieldNames())
          .toIterable()
          .contains("seq", "time", "topic", "module", "event");
    }
  }

  @Test
  void shouldEndWhenEveryModuleWasStopped() throws Exception {
    try (SondeProcess sonde = SondeProcess.headless(home, "--source", "sample")) {
      sonde.awaitShell(home);
      sonde.awaitEvent(home, STARTED);
      for (String module : List.of("hardware", "network", "ui", "logger")) {
        try (SondeProcess exec = SondeProcess.exec(home, "module:stop " + module)) {
          assertThat(exec.awaitExit()).as("%s", exec).isZero();
        }
      }
      assertThat(sonde.awaitExit()).isZero();
      assertThat(sonde.onlyErrorLine()).contains("no module runs any more");
    }
  }

  @Test
  void shouldRunACommandInTheDevice() throws Exception {
    try (SondeProcess sonde = SondeProcess.headless(home, "--source", "pcap:" + smallCapture())) {
      sonde.awaitShell(home);
      sonde.awaitEvent(home, "sonde/network/capture/STOPPED");
      try (SondeProcess list = SondeProcess.exec(home, "module:list")) {
        assertThat(list.awaitExit()).isZero();
        assertThat(list.out()).contains("network").contains("ACTIVE");
        assertThat(list.err()).isEmpty();
      }
      assertThat(failure("no:such"))
          .isEqualTo("unknown command 'no:such': help lists the commands");
      assertThat(failure("module:stop nobody")).contains("nobody").contains("network");
      assertThat(failure("module:stop"))
          .isEqualTo("module:stop does not take these arguments: see help module:stop");
    }
  }

  private String failure(String command) throws Exception {
    try (SondeProcess exec = SondeProcess.exec(home, command)) {
      assertThat(exec.awaitExit()).isEqualTo(FAILED);
      assertThat(exec.out()).isEmpty();
      return exec.onlyErrorLine();
    }
  }

  @Test
  void shouldSayThatNoDeviceRuns() throws Exception {
    assertThat(failure("module:list")).contains("no Sonde runs on " + home).contains("sonde run");
  }
}
