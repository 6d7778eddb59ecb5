package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the device says about bad input: one line that says what to do, and a code of its own.
class BadInputTest {

  private static final int USAGE = 2;
  private static final int SOURCE = 3;
  private static final int HOME = 4;
  private static final int IN_USE = 5;

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void nameHome() {
    home = folder.resolve("home");
  }

  @Test
  void shouldRefuseACaptureThatIsMissing() throws Exception {
    assertThat(refusal("pcap:" + folder.resolve("none.pcap")))
        .contains("none.pcap")
        .contains("no file")
        .contains("Check the name");
  }

  @Test
  void shouldRefuseACaptureThatIsEmpty() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.pcap"));
    assertThat(refusal("pcap:" + empty)).contains("empty.pcap is empty").contains("Give a capture");
  }

  @Test
  void shouldRefuseAFileThatIsNoCapture() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pcap"), "This is text.\n".repeat(100));
    assertThat(refusal("pcap:" + text))
        .contains("text.pcap is not a capture file")
        .contains("Give a pcap or pcapng file");
  }

  @Test
  void shouldRefuseAFolderInPlaceOfACapture() throws Exception {
    assertThat(refusal("pcap:" + folder)).contains(folder.toString());
  }

  @Test
  void shouldRefuseACaptureThatIsCutWithinItsHeader() throws Exception {
    Path cut =
        Files.write(
            folder.resolve("cut.pcap"), Arrays.copyOf(new SmallCapture().arp().toBytes(), 20));
    assertThat(refusal("pcap:" + cut)).contains("cut.pcap");
  }

  @Test
  void shouldRefuseAnInterfaceThatDoesNotExist() throws Exception {
    Prerequisites.requireLibpcap();
    assertThat(refusal("live:nope0")).contains("no interface nope0").contains("ip link");
  }

  private String refusal(String source) throws Exception {
    try (SondeProcess sonde = SondeProcess.headless(home, "--exit-when-done", "--source", source)) {
      assertThat(sonde.awaitExit()).isEqualTo(SOURCE);
      return sonde.onlyErrorLine();
    }
  }

  @Test
  void shouldReadAllWholeRecordsOfATruncatedCaptureAndWarn() throws Exception {
    byte[] whole =
        new SmallCapture()
            .arp()
            .dnsQuery("example.org")
            .dnsResponse("example.org")
            .datagram()
            .toBytes();
    Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, whole.length - 10));
    try (SondeProcess sonde =
        SondeProcess.headless(home, "--exit-when-done", "--source", "pcap:" + cut)) {
      assertThat(sonde.awaitExit()).isZero();
      assertThat(sonde.onlyErrorLine())
          .contains("cut.pcap ends within its record 4")
          .contains("3 whole records");
    }
    JsonNode last = SondeProcess.events(home, "sonde/network/STATISTICS").getLast();
    assertThat(last.get("source").asText()).isEqualTo("pcap:" + cut);
    assertThat(last.get("bytes").asInt()).isEqualTo(whole.length - 24 - 4 * 16 - 142);
    assertThat(last.get("packets").asInt()).isEqualTo(3);
    for (String one : List.of("arp", "dns_query", "dns_response")) {
      assertThat(last.get(one).asInt()).as(one).isEqualTo(1);
    }
    for (String none : List.of("parseErrors", "droppedByKernel", "droppedByInterface")) {
      assertThat(last.get(none).asInt()).as(none).isZero();
    }
    assertThat(SondeProcess.events(home, "sonde/network/ARP")).hasSize(1);
    assertThat(SondeProcess.events(home, "sonde/network/dns/QUERY")).hasSize(1);
    assertThat(SondeProcess.events(home, "sonde/network/dns/RESPONSE")).hasSize(1);
  }

  @Test
  void shouldNameTheProcessThatUsesTheHome() throws Exception {
    try (SondeProcess first = SondeProcess.headless(home, "--source", "sample")) {
      first.awaitShell(home);
      try (SondeProcess second = SondeProcess.headless(home, "--source", "sample")) {
        assertThat(second.awaitExit()).isEqualTo(IN_USE);
        assertThat(second.onlyErrorLine())
            .contains(home.toString())
            .contains("process " + first.pid())
            .contains("--home");
      }
      assertThat(first.isAlive()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          run --hedless              | unknown option '--hedless'   | --headless
          run --source               | --source needs               | pcap:FILE
          run --source wlan0         | unknown source 'wlan0'       | live:IFACE
          run --source a.pcap        | unknown source 'a.pcap'      | pcap:a.pcap
          run --home                 | --home needs                 | a directory
          run --set nonsense         | --set 'nonsense'             | MODULE.KEY=VALUE
          run now                    | 'now'                        | --help
          runn                       | unknown command 'runn'       | mean run?
          exec                       | exec needs a command         | module:list
          exec --hom x               | unknown option '--hom'       | --home
          """)
  void shouldExplainAWrongCommandLine(String words, String problem, String remedy)
      throws Exception {
    try (SondeProcess sonde = SondeProcess.start(folder, words.split(" "))) {
      assertThat(sonde.awaitExit()).isEqualTo(USAGE);
      assertThat(sonde.onlyErrorLine()).startsWith("sonde: ").contains(problem).contains(remedy);
      assertThat(sonde.out()).isEmpty();
    }
  }

  @Test
  void shouldExplainAHomeThatIsAFile() throws Exception {
    Files.writeString(home, "in the way");
    try (SondeProcess sonde = SondeProcess.headless(home)) {
      assertThat(sonde.awaitExit()).isEqualTo(HOME);
      assertThat(sonde.onlyErrorLine()).contains(home.toString()).contains("--home");
    }
  }
}
