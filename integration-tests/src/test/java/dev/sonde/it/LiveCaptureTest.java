package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Live capture, on a pair of virtual interfaces in a network namespace of its own: nothing is
/// sent on, or heard from, the network around.
class LiveCaptureTest {

  private static final String NAMESPACE = "sonde-" + ProcessHandle.current().pid();
  private static final String HEARD = "son0";
  private static final String SENDER = "son1";
  private static final String STATISTICS = "sonde/network/STATISTICS";
  private static final String STARTED = "sonde/network/capture/STARTED";
  private static final String NO_IPV6 = "echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6";
  private static final List<String> INSIDE = List.of("ip", "netns", "exec", NAMESPACE);

  @TempDir Path folder;
  private Path home;
  private boolean made;

  @BeforeEach
  void makeNamespace() throws Exception {
    Prerequisites.requireRoot();
    Prerequisites.requireLibpcap();
    Prerequisites.requireCommand("ip", "iproute2");
    Prerequisites.requireCommand("tcpreplay", "tcpreplay");
    made = Tool.succeeds("ip", "netns", "add", NAMESPACE);
    Prerequisites.require(made, "ip netns add is not permitted here");
    home = folder.resolve("home");
    inside("ip", "link", "add", HEARD, "type", "veth", "peer", "name", SENDER);
    if (Files.exists(Path.of("/proc/sys/net/ipv6"))) {
      inside("sh", "-c", NO_IPV6); // Else the kernel says hello on a link that comes up.
    }
    for (String link : List.of(HEARD, SENDER)) {
      inside("ip", "link", "set", link, "arp", "off", "up");
    }
  }

  @AfterEach
  void removeNamespace() throws Exception {
    if (made) {
      Tool.run("ip", "netns", "delete", NAMESPACE);
    }
  }

  private static String inside(String... command) throws Exception {
    return Tool.run(Stream.concat(INSIDE.stream(), Arrays.stream(command)).toArray(String[]::new));
  }

  private SondeProcess capture(String link, String... options) throws IOException {
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "--source";
    all[options.length + 1] = "live:" + link;
    return SondeProcess.headlessBehind(INSIDE, home, all);
  }

  private static void replay(Path capture) throws Exception {
    inside("tcpreplay", "--quiet", "--pps=1000", "-i", SENDER, capture.toString());
  }

  /// What `counts.tsv` says of a file.
  private static Map<String, Long> counted(Path captures, String file) throws IOException {
    List<String> lines = Files.readAllLines(captures.resolve("counts.tsv"));
    String[] names = lines.getFirst().split("\t");
    String[] row =
        lines.stream()
            .map(line -> line.split("\t"))
            .filter(words -> words[0].equals(file))
            .findFirst()
            .orElseThrow();
    Map<String, Long> counts = new HashMap<>();
    for (int i = 1; i < names.length; i++) {
      counts.put(names[i], Long.valueOf(row[i]));
    }
    return counts;
  }

  @Test
  void shouldHearWhatIsReplayedOnTheWire() throws Exception {
    SmallCapture small = new SmallCapture();
    for (int i = 0; i < 20; i++) {
      small.arp().dnsQuery("host" + i + ".example.org").dnsResponse("host" + i + ".example.org");
      small.datagram().datagram();
    }
    replayAndCompare(
        small.write(folder.resolve("small.pcap")),
        Map.of("packets", 100L, "arp", 20L, "dns_query", 20L, "dns_response", 20L));
    assertThat(SondeProcess.events(home, "sonde/network/dns/QUERY"))
        .extracting(event -> event.get("name").asText())
        .hasSize(20)
        .startsWith("host0.example.org", "host1.example.org")
        .endsWith("host19.example.org");
  }

  @Test
  void shouldHearACaptureOfOthersOnTheWire() throws Exception {
    Path captures = Captures.folder();
    Prerequisites.assume(
        captures != null, "SONDE_CAPTURES does not point to the folder of captures");
    String file = "lan/tcpreplay-test.pcap";
    replayAndCompare(captures.resolve(file), counted(captures, file));
  }

  private void replayAndCompare(Path capture, Map<String, Long> counts) throws Exception {
    try (SondeProcess sonde = capture(HEARD)) {
      sonde.awaitEvent(home, STARTED);
      replay(capture);
      sonde.await("all packets", () -> packets() >= counts.get("packets"));
      sonde.signal("TERM");
      assertThat(sonde.awaitExit()).isEqualTo(143);
      assertThat(sonde.err()).isEmpty();
    }
    // The last figures come at the end of the capture: nothing more was heard, nothing twice.
    JsonNode statistics = SondeProcess.events(home, STATISTICS).getLast();
    for (String name : counts.keySet()) {
      assertThat(statistics.get(name).asLong()).as(name).isEqualTo(counts.get(name));
    }
    assertThat(statistics.get("parseErrors").asLong()).isZero();
    assertThat(statistics.get("droppedByKernel").asLong()).isZero();
    assertThat(SondeProcess.events(home, "sonde/network/ARP"))
        .hasSize(counts.get("arp").intValue());
    assertThat(SondeProcess.events(home, "sonde/network/dns/QUERY"))
        .hasSize(counts.get("dns_query").intValue());
    assertThat(SondeProcess.events(home, "sonde/network/dns/RESPONSE"))
        .hasSize(counts.get("dns_response").intValue());
  }

  private long packets() throws IOException {
    List<JsonNode> statistics = SondeProcess.events(home, STATISTICS);
    return statistics.isEmpty() ? 0 : statistics.getLast().get("packets").asLong();
  }

  @Test
  void shouldFilterInTheKernel() throws Exception {
    Path capture =
        new SmallCapture()
            .arp()
            .dnsQuery("a.example.org")
            .datagram()
            .arp()
            .write(folder.resolve("small.pcap"));
    try (SondeProcess sonde = capture(HEARD, "--set", "network.filter=arp")) {
      sonde.awaitEvent(home, STARTED);
      replay(capture);
      sonde.await("both ARP packets", () -> packets() >= 2);
      sonde.signal("TERM");
      assertThat(sonde.awaitExit()).isEqualTo(143);
    }
    assertThat(packets()).isEqualTo(2);
  }

  @Test
  void shouldEndAnIdleCaptureOnSigterm() throws Exception {
    try (SondeProcess sonde = capture(HEARD)) {
      sonde.awaitEvent(home, STARTED);
      sonde.awaitShell(home);
      sonde.signal("TERM");
      assertThat(sonde.awaitExit()).isEqualTo(143);
      assertThat(sonde.err()).isEmpty();
    }
    assertThat(SondeProcess.events(home, "sonde/network/capture/STOPPED")).hasSize(1);
  }

  @Test
  void shouldExplainAnInterfaceThatIsDown() throws Exception {
    inside("ip", "link", "set", HEARD, "down");
    refused(HEARD, HEARD + " is down", "ip link set " + HEARD + " up");
  }

  @Test
  void shouldExplainAnInterfaceThatDoesNotExist() throws Exception {
    refused("son7", "no interface son7", "ip link");
  }

  @Test
  void shouldExplainAFilterThatIsWrong() throws Exception {
    refused(HEARD, "The filter \"wat\"", "pcap-filter", "--set", "network.filter=wat");
  }

  private void refused(String link, String problem, String remedy, String... options)
      throws Exception {
    try (SondeProcess sonde = capture(link, options)) {
      assertThat(sonde.awaitExit()).isEqualTo(3);
      assertThat(sonde.onlyErrorLine()).contains(problem).contains(remedy);
    }
  }

  @Test
  void shouldExplainAnInterfaceThatGoesAway() throws Exception {
    try (SondeProcess sonde = capture(HEARD)) {
      hearOne(sonde);
      inside("ip", "link", "delete", HEARD);
      assertThat(sonde.awaitExit()).isEqualTo(3);
      assertThat(sonde.onlyErrorLine()).contains(HEARD).contains("ip link");
    }
    assertThat(packets()).isEqualTo(1);
  }

  @Test
  void shouldGoOnWhenAnInterfaceComesUpAgain() throws Exception {
    try (SondeProcess sonde = capture(HEARD)) {
      Path one = hearOne(sonde);
      inside("ip", "link", "set", HEARD, "down");
      inside("ip", "link", "set", HEARD, "up");
      replay(one);
      sonde.await("the second packet", () -> packets() == 2);
    }
  }

  private Path hearOne(SondeProcess sonde) throws Exception {
    sonde.awaitEvent(home, STARTED);
    Path one = new SmallCapture().arp().write(folder.resolve("one.pcap"));
    replay(one);
    sonde.await("the packet", () -> packets() == 1);
    return one;
  }
}
