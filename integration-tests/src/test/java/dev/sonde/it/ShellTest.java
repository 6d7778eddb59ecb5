package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.ServiceReference;

/// What the shell offers: the commands of all modules and those of Felix.
class ShellTest {

  private static final int COLUMNS = 80;
  private static final String SWITCH = "sonde/input/SWITCH";

  @TempDir static Path home;
  private static TestDevice device;

  @BeforeAll
  static void start() throws Exception {
    Path capture =
        new SmallCapture()
            .arp()
            .dnsQuery("a-rather-long-name.with-several-labels.example.org")
            .write(home.resolve("small.pcap"));
    device = TestDevice.start(home, Map.of("sonde.config.network.source", "pcap:" + capture));
    TestDevice.await("all modules", () -> activeModules() == 5);
  }

  @AfterAll
  static void stop() throws Exception {
    device.close();
  }

  private static long activeModules() throws Exception {
    return device.shell("module:list").lines().filter(line -> line.contains(" ACTIVE ")).count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hardware", "logger", "network", "ui", "supervisor"})
  void shouldListModulesAsActive(String module) throws Exception {
    assertThat(device.state(module)).isEqualTo("ACTIVE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "module:list",
        "module:info logger",
        "bus:topics",
        "bus:stats",
        "network:interfaces",
        "network:stats",
        "hardware:keys",
        "hardware:pins",
        "log:stats",
        "ui:show",
        "help",
        "help module",
        "help bus",
        "help network",
        "help hardware",
        "help log",
        "help ui"
      })
  void shouldFitTheTerminal(String command) throws Exception {
    String printed = device.shell(command);
    assertThat(printed).isNotBlank();
    assertThat(printed.lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "module:list",
        "module:info",
        "module:start",
        "module:stop",
        "bus:topics",
        "bus:tap",
        "bus:post",
        "bus:stats",
        "network:interfaces",
        "network:stats",
        "hardware:keys",
        "hardware:press",
        "hardware:pins",
        "log:tail",
        "log:stats",
        "log:query",
        "log:topics",
        "log:replay",
        "log:sync",
        "module:log",
        "ui:show",
        "ui:screenshot"
      })
  void shouldExplainEachCommand(String command) throws Exception {
    String help = device.shell("help " + command);
    assertThat(help).startsWith(command);
    assertThat(help.lines().skip(1)).as("what it does: %s", help).isNotEmpty();
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
  }

  @Test
  void shouldStopAndStartAModule() throws Exception {
    device.shell("module:stop hardware");
    TestDevice.await("stopped", () -> device.state("hardware").equals("STOPPED"));
    assertThat(activeModules()).isEqualTo(4);
    device.shell("module:start hardware");
    TestDevice.await("active again", () -> device.state("hardware").equals("ACTIVE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"module:stop", "module:start", "module:info"})
  void shouldNameTheModulesThereAreWhereOneIsUnknown(String command) {
    assertThatThrownBy(() -> device.shell(command + " hardwear"))
        .hasMessageContaining("There is no module hardwear")
        .hasMessageContaining("hardware, logger, network, supervisor, ui");
  }

  @Test
  void shouldGiveTheInteractiveShellSessionsWithPlainErrors() throws Exception {
    ServiceReference<?>[] offered =
        device
            .context()
            .getAllServiceReferences("org.apache.felix.service.command.CommandProcessor", null);

    // Of several, Gogo's shell takes the lowest.
    assertThat(Arrays.stream(offered).sorted().findFirst())
        .hasValueSatisfying(
            taken -> assertThat(taken.getProperty("sonde.shell")).isEqualTo("true"));
  }

  @Test
  void shouldPostATypedEventFromJson() throws Exception {
    assertThat(post("{\"key\":\"BACK\",\"closed\":true,\"device\":\"test\"}"))
        .startsWith("published as ");
    TestDevice.await(
        "the key event, made by the hardware module",
        () ->
            TestDevice.loggedEvents(home).stream()
                .anyMatch(
                    event ->
                        event.get("topic").asText().equals("sonde/input/KEY")
                            && event.at("/event/key").asText().equals("BACK")));
    post("{\"key\":\"BACK\",\"closed\":false,\"device\":\"test\"}");
  }

  private static String post(String json) throws Exception {
    return device.shell("bus:post " + SWITCH + " '" + json + "'");
  }

  @Test
  void shouldNameTheFieldOfAPostedEventThatIsWrong() {
    refused("{\"key\":\"OKAY\",\"closed\":true,\"device\":\"x\"}", "key is 'OKAY'", "UP, DOWN");
    refused("{\"key\":\"OK\",\"closed\":\"maybe\",\"device\":\"x\"}", "closed", "true");
    refused("{\"key\":\"OK\",\"device\":\"x\"}", "closed is missing", "true");
    refused(
        "{\"key\":\"OK\",\"closed\":true,\"device\":\"x\",\"colour\":\"red\"}",
        "colour is not known",
        "key, closed, device");
    refused("key=OK", "No JSON at column 1", "Object");
  }

  private static void refused(String json, String problem, String remedy) {
    assertThatThrownBy(() -> post(json))
        .as("%s", json)
        .hasMessageContaining(problem)
        .hasMessageContaining(remedy);
  }

  @Test
  void shouldTapWhatAnotherSessionPosts() throws Exception {
    CompletableFuture<String> tapped = new CompletableFuture<>();
    Thread tap =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    tapped.complete(device.shell("bus:tap 'com/acme/*' --count 1"));
                  } catch (Exception e) {
                    tapped.completeExceptionally(e);
                  }
                });
    TestDevice.await("the tap", () -> device.shell("bus:stats").contains("tap"));
    device.shell("bus:post com/acme/DOOR '{\"open\":true}'");
    assertThat(tapped.get(TestDevice.DEADLINE.toSeconds(), TimeUnit.SECONDS))
        .contains("com/acme/DOOR")
        .contains("open=true")
        .hasLineCount(1);
    tap.join();
    assertThat(device.shell("bus:stats")).as("a tap that has ended").doesNotContain("tap com");
  }

  @Test
  void shouldHaveTheCommandsOfFelix() throws Exception {
    assertThat(device.shell("lb")).contains("Sonde Bus API").contains("Active");
    assertThat(device.shell("headers 0")).contains("Bundle-SymbolicName");
    assertThat(device.shell("headers dev.sonde.bus-api")).contains("Sonde Bus API");
    assertThatThrownBy(() -> device.shell("headers 4711")).hasMessageContaining("headers");
    assertThat(device.shell("scr:list")).contains("dev.sonde.network.NetworkModule");
  }
}
