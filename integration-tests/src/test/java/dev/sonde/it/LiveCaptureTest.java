package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Live capture, in a network namespace of its own: nothing is sent on, or heard from, the network
/// around.
class LiveCaptureTest {

  private static final String HEARD = "son0";
  private static final String SENDER = "son1";
  private static final String STATISTICS = "sonde/network/STATISTICS";
  private static final String STARTED = "sonde/network/capture/STARTED";
  private static final String INTERRUPTED = "sonde/network/capture/INTERRUPTED";
  private static final String RESUMED = "sonde/network/capture/RESUMED";

  @TempDir Path folder;
  private Path home;
  private NetworkNamespace network;

  @BeforeEach
  void makeNamespace() throws Exception {
    Prerequisites.requireLibpcap();
    Prerequisites.requireCommand("tcpreplay", "tcpreplay");
    network = NetworkNamespace.open();
    home = folder.resolve("home");
    network.addPair(HEARD, SENDER);
  }

  @AfterEach
  void removeNamespace() {
    if (network != null) {
      network.close();
    }
  }

  private SondeProcess capture(String links, String... options) throws IOException {
    String[] all = Arrays.copyOf(options, options.length + 2);
    all[options.length] = "--source";
    all[options.length + 1] = "live:" + links;
    return SondeProcess.headlessBehind(network.inside(), home, all);
  }

  private void replay(Path capture) throws Exception {
    network.replay(capture, SENDER);
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

  @ParameterizedTest
  @CsvSource({"lan/tcpreplay-test.pcap", "lan/zeek-dhcp_dhcp.pcap"})
  void shouldHearACaptureOfOthersOnTheWire(String name) throws Exception {
    CountedCapture counted = CountedCapture.of(name);
    replayAndCompare(counted.file(), counted.counts());
  }

  private void replayAndCompare(Path capture, Map<String, Long> counts) throws Exception {
    try (SondeProcess sonde = capture(HEARD)) {
      sonde.awaitEvent(home, STARTED);
      replay(capture);
      sonde.await("all packets", () -> packets() >= counts.get("packets"));
      end(sonde);
    }
    compare(counts);
    assertThat(SondeProcess.events(home, STATISTICS).getLast().get("parseErrors").asLong())
        .isZero();
    assertThat(SondeProcess.events(home, "sonde/network/ARP"))
        .hasSize(counts.get("arp").intValue());
    assertThat(SondeProcess.events(home, "sonde/network/dns/QUERY"))
        .hasSize(counts.get("dns_query").intValue());
    assertThat(SondeProcess.events(home, "sonde/network/dns/RESPONSE"))
        .hasSize(counts.get("dns_response").intValue());
  }

  /// The last figures come at the end of the capture: nothing more was heard, nothing twice.
  private void compare(Map<String, Long> counts) throws IOException {
    JsonNode statistics = SondeProcess.events(home, STATISTICS).getLast();
    for (String name : counts.keySet()) {
      assertThat(statistics.get(name).asLong()).as(name).isEqualTo(counts.get(name));
    }
    assertThat(statistics.get("droppedByKernel").asLong()).isZero();
  }

  private static void end(SondeProcess sonde) throws Exception {
    sonde.signal("TERM");
    assertThat(sonde.awaitExit()).isEqualTo(143);
    assertThat(sonde.err()).isEmpty();
  }

  private long packets() throws IOException {
    return packets(HEARD);
  }

  private long packets(String link) throws IOException {
    List<JsonNode> statistics =
        SondeProcess.events(home, STATISTICS).stream()
            .filter(each -> each.get("source").asText().equals("live:" + link))
            .toList();
    return statistics.isEmpty() ? 0 : statistics.getLast().get("packets").asLong();
  }

  /// A TUN device says of itself that it is a Wi-Fi card in monitor mode, by its `ARPHRD_` number
  /// (linux/if_arp.h): radiotap, bare 802.11, Prism.
  @ParameterizedTest
  @CsvSource({
    "wifi/test1.pcap,             803, 127",
    "wifi/wpa2-psk-linksys.cap,   801, 105",
    "wifi/wpa.cap,                802, 119"
  })
  void shouldHearWifiWithoutARadio(String name, String arphrd, int linkType) throws Exception {
    CountedCapture counted = CountedCapture.of(name);
    Prerequisites.requireCommand("python3", "python3");
    Prerequisites.require(
        Files.isWritable(Path.of("/dev/net/tun")), "there is no /dev/net/tun: modprobe tun");
    Path script = Path.of(getClass().getResource("/tun_replay.py").toURI());
    Process air =
        network.start("python3", script.toString(), "mon0", arphrd, counted.file().toString());
    try (SondeProcess sonde = captureOn(air);
        Writer begin = air.outputWriter()) {
      JsonNode started = sonde.awaitEvent(home, STARTED);
      assertThat(started.get("linkType").asInt()).isEqualTo(linkType);
      begin.write("go\n");
      begin.flush();
      sonde.await("all frames", () -> packets("mon0") >= counted.counts().get("packets"));
      end(sonde);
    } finally {
      air.destroy();
    }
    compare(counted.counts());
  }

  private SondeProcess captureOn(Process air) throws IOException {
    BufferedReader said = air.inputReader();
    assertThat(Objects.toString(said.readLine())).isEqualTo("ready");
    return capture("mon0");
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
      end(sonde);
    }
    assertThat(packets()).isEqualTo(2);
  }

  @Test
  void shouldCaptureOnSeveralInterfacesAtOnce() throws Exception {
    network.addPair("son2", "son3");
    Path one = new SmallCapture().arp().write(folder.resolve("one.pcap"));
    Path two = new SmallCapture().arp().datagram().write(folder.resolve("two.pcap"));
    try (SondeProcess sonde = capture(HEARD + ",son2")) {
      sonde.await("both", () -> SondeProcess.events(home, STARTED).size() == 2);
      network.replay(one, SENDER);
      network.replay(two, "son3");
      sonde.await("what each heard", () -> packets(HEARD) == 1 && packets("son2") == 2);
      end(sonde);
    }
  }

  @Test
  void shouldEndAnIdleCaptureOnSigterm() throws Exception {
    try (SondeProcess sonde = capture(HEARD)) {
      sonde.awaitEvent(home, STARTED);
      sonde.awaitShell(home);
      end(sonde);
    }
    assertThat(SondeProcess.events(home, "sonde/network/capture/STOPPED")).hasSize(1);
  }

  @Test
  void shouldExplainAnInterfaceThatIsDown() throws Exception {
    network.run("ip", "link", "set", HEARD, "down");
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
  void shouldGoOnWhenAnInterfaceIsRemovedAndMadeAgain() throws Exception {
    try (SondeProcess sonde = capture(HEARD)) {
      Path one = hearOne(sonde);
      network.run("ip", "link", "delete", HEARD);
      assertThat(sonde.awaitEvent(home, INTERRUPTED).get("problem").asText())
          .isEqualTo("There is no interface " + HEARD);
      network.addPair(HEARD, SENDER);
      sonde.awaitEvent(home, RESUMED);
      replay(one);
      sonde.await("the second packet", () -> packets() == 2);
      end(sonde);
    }
    assertThat(SondeProcess.events(home, STARTED)).hasSize(1);
    assertThat(SondeProcess.events(home, "sonde/network/capture/FAILED")).isEmpty();
  }

  @Test
  void shouldTellThatAnInterfaceIsDownAndGoOnWhenItIsUpAgain() throws Exception {
    try (SondeProcess sonde = capture(HEARD)) {
      Path one = hearOne(sonde);
      network.run("ip", "link", "set", HEARD, "down");
      assertThat(sonde.awaitEvent(home, INTERRUPTED).get("remedy").asText())
          .contains("ip link set " + HEARD + " up");
      network.run("ip", "link", "set", HEARD, "up");
      sonde.awaitEvent(home, RESUMED);
      replay(one);
      sonde.await("the second packet", () -> packets() == 2);
      end(sonde);
    }
  }

  @Test
  void shouldStayWhenTheShellAsksForWhatDoesNotExist() throws Exception {
    try (SondeProcess sonde = capture(HEARD)) {
      sonde.awaitEvent(home, STARTED);
      sonde.awaitShell(home);
      shell("network:source live:nosuch0");
      sonde.awaitEvent(home, "sonde/network/capture/FAILED");
      assertThat(shell("network:source")).contains("failed", "There is no interface nosuch0");
      shell("network:source live:" + HEARD);
      sonde.await("the next one", () -> SondeProcess.events(home, STARTED).size() == 2);
      end(sonde);
    }
  }

  @Test
  void shouldBeginWhenAnInterfaceComesThatTheConfigurationNames() throws Exception {
    Files.createDirectories(home.resolve("conf"));
    Files.writeString(home.resolve("conf/network.cfg"), "source = live:son8\n");
    try (SondeProcess sonde = SondeProcess.headlessBehind(network.inside(), home)) {
      assertThat(sonde.awaitEvent(home, "sonde/network/capture/FAILED").get("problem").asText())
          .isEqualTo("There is no interface son8");
      network.addPair("son8", "son9");
      assertThat(sonde.awaitEvent(home, STARTED).get("source").asText()).isEqualTo("live:son8");
      end(sonde);
    }
  }

  @Test
  void shouldSendWhereItIsAllowed() throws Exception {
    network.run("ip", "address", "add", "192.0.2.1/24", "dev", SENDER);
    network.run(
        "ip", "neighbour", "add", "192.0.2.2", "lladdr", "02:00:5e:10:00:02", "dev", SENDER);
    try (SondeProcess sonde = capture(HEARD, "--set", "network.sendOn=" + SENDER)) {
      sonde.awaitEvent(home, STARTED);
      sonde.awaitShell(home);
      assertThat(send(SENDER + " arp 192.0.2.2")).contains("Sent 42 bytes on " + SENDER);
      assertThat(send(SENDER + " ping 192.0.2.2")).contains("Sent 90 bytes");
      assertThat(send(SENDER + " wake 02:00:5e:10:00:02")).contains("Sent 116 bytes");
      assertThat(send(SENDER + " frame 02005e10000202005e10000188b500")).contains("Sent 15 bytes");
      assertThat(send(HEARD + " arp 192.0.2.2"))
          .contains("Sending on " + HEARD + " is not allowed", "sendOn", "conf/network.cfg");
      sonde.await("what was sent", () -> packets() == 4);
      end(sonde);
    }
    assertThat(SondeProcess.events(home, "sonde/network/ARP"))
        .singleElement()
        .satisfies(
            arp -> {
              assertThat(arp.get("senderIp").asText()).isEqualTo("192.0.2.1");
              assertThat(arp.get("targetIp").asText()).isEqualTo("192.0.2.2");
            });
    assertThat(SondeProcess.events(home, "sonde/network/send/RESULT"))
        .extracting(result -> result.get("sent").asBoolean())
        .containsExactly(true, true, true, true, false);
  }

  private String send(String words) throws Exception {
    return shell("network:send " + words);
  }

  private String shell(String command) throws Exception {
    try (SondeProcess exec = SondeProcess.exec(home, command)) {
      var _ = exec.awaitExit();
      return exec.out() + exec.err();
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
