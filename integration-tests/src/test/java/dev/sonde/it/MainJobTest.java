package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The main job: a capture is replayed, and everything in it is heard, counted and written down
/// once. What is right, an independent count of the captures says.
class MainJobTest {

  @TempDir Path home;

  /// A capture and its row of the independent count.
  record Counted(Path capture, Map<String, Long> counts) {
    @Override
    public String toString() {
      return capture.getParent().getFileName() + "/" + capture.getFileName() + " " + counts;
    }
  }

  static Stream<Counted> captures() throws IOException {
    Path folder = Captures.folder();
    if (folder == null) {
      System.out.println("Skipped: SONDE_CAPTURES does not point to the folder of captures");
      return Stream.of(new Counted(Path.of("none", "none"), Map.of()));
    }
    List<String> lines = Files.readAllLines(folder.resolve("counts.tsv"));
    List<String> names = List.of(lines.getFirst().split("\t"));
    return lines.stream()
        .skip(1)
        .map(line -> line.split("\t"))
        .map(
            row -> {
              Map<String, Long> counts = new HashMap<>();
              for (int i = 1; i < row.length; i++) {
                counts.put(names.get(i), Long.valueOf(row[i]));
              }
              return new Counted(folder.resolve(row[0]), counts);
            });
  }

  @ParameterizedTest
  @MethodSource("captures")
  void shouldHearEveryRecordOfACaptureOnce(Counted counted) throws Exception {
    Assumptions.assumeFalse(
        counted.counts().isEmpty(), "SONDE_CAPTURES does not point to the folder of captures");
    List<JsonNode> events = run("pcap:" + counted.capture());

    JsonNode statistics = last(events, "sonde/network/STATISTICS").get("event");
    Map<String, Long> heard = new HashMap<>();
    counted.counts().keySet().forEach(name -> heard.put(name, statistics.get(name).asLong()));
    assertThat(heard).isEqualTo(counted.counts());
    assertThat(count(events, "sonde/network/ARP")).isEqualTo(counted.counts().get("arp"));
    assertThat(count(events, "sonde/network/dns/QUERY"))
        .isEqualTo(counted.counts().get("dns_query"));
    assertThat(count(events, "sonde/network/dns/RESPONSE"))
        .isEqualTo(counted.counts().get("dns_response"));
    assertThat(count(events, "sonde/network/DHCP")).isEqualTo(counted.counts().get("dhcp"));
    assertThat(count(events, "sonde/network/tls/CLIENT_HELLO"))
        .isEqualTo(counted.counts().get("tls_client_hello"));
    assertThat(last(events, "sonde/network/capture/STOPPED").at("/event/packets").asLong())
        .isEqualTo(counted.counts().get("packets"));
  }

  @Test
  void shouldPlayItsSampleWithoutAnyPrivilege() throws Exception {
    List<JsonNode> events = run("sample");
    JsonNode statistics = last(events, "sonde/network/STATISTICS").get("event");
    assertThat(statistics.get("packets").asLong()).isGreaterThan(100);
    assertThat(statistics.get("parseErrors").asLong()).isZero();
    assertThat(count(events, "sonde/network/ARP"))
        .isPositive()
        .isEqualTo(statistics.get("arp").asLong());
    assertThat(count(events, "sonde/network/dns/QUERY"))
        .isPositive()
        .isEqualTo(statistics.get("dns_query").asLong());
    assertThat(count(events, "sonde/network/dns/RESPONSE"))
        .isPositive()
        .isEqualTo(statistics.get("dns_response").asLong());
  }

  private List<JsonNode> run(String source) throws Exception {
    try (TestDevice device =
        TestDevice.start(
            home,
            Map.of(
                "sonde.exit-when-done", "true",
                "sonde.source-required", "true",
                "sonde.config.network.source", source,
                "sonde.config.network.speed", "max",
                "sonde.config.network.repeat", "false",
                "sonde.config.logger.console", ""))) {
      assertThat(device.awaitExit()).isZero();
    }
    // After the device has stopped: nothing may have stayed in a buffer.
    List<JsonNode> events = TestDevice.loggedEvents(home);
    assertThat(events)
        .extracting(event -> event.get("seq").asLong())
        .isSorted()
        .doesNotHaveDuplicates();
    return events;
  }

  private static JsonNode last(List<JsonNode> events, String topic) {
    return events.stream()
        .filter(event -> event.get("topic").asText().equals(topic))
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("No event on " + topic));
  }

  private static long count(List<JsonNode> events, String topic) {
    return events.stream().filter(event -> event.get("topic").asText().equals(topic)).count();
  }
}
