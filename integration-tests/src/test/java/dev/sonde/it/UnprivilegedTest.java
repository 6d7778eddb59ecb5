package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The device where it may not do everything. Root, who may, gives its capabilities away: then the
/// permissions of files count for it too, and it may not capture.
class UnprivilegedTest {

  private static final List<String> WITHOUT_CAPABILITIES =
      List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all");

  @TempDir Path folder;
  private Path home;
  private List<String> before = List.of();

  @BeforeEach
  void giveAway() throws Exception {
    home = Files.createDirectory(folder.resolve("home"));
    if (Prerequisites.isRoot()) {
      Prerequisites.requireCommand("setpriv", "util-linux");
      before = WITHOUT_CAPABILITIES;
      Prerequisites.require(
          Tool.succeeds("setpriv", "--inh-caps=-all", "--bounding-set=-all", "true"),
          "giving away capabilities is not permitted here");
    }
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  @AfterEach
  void makeDeletable() throws IOException {
    allow(home, "rwx------");
  }

  private SondeProcess run(String... options) throws IOException {
    return SondeProcess.headlessBehind(before, home, options);
  }

  @Test
  void shouldExplainAHomeThatIsReadOnly() throws Exception {
    allow(home, "r-x------");
    try (SondeProcess sonde = run("--source", "sample")) {
      assertThat(sonde.awaitExit()).isEqualTo(4);
      assertThat(sonde.onlyErrorLine())
          .contains(home.toString())
          .contains("may not be written")
          .contains("Make it writable")
          .contains("--home");
    }
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void shouldExplainAnInterfaceThatMayNotBeOpened() throws Exception {
    Prerequisites.requireLibpcap();
    try (SondeProcess sonde = run("--source", "live:lo")) {
      assertThat(sonde.awaitExit()).isEqualTo(3);
      assertThat(sonde.onlyErrorLine())
          .contains("No permission to capture on lo")
          .contains("+net_raw");
    }
  }

  @Test
  void shouldExplainACaptureThatMayNotBeRead() throws Exception {
    Path capture = new SmallCapture().arp().write(folder.resolve("secret.pcap"));
    allow(capture, "---------");
    try (SondeProcess sonde = run("--exit-when-done", "--source", "pcap:" + capture)) {
      assertThat(sonde.awaitExit()).isEqualTo(3);
      assertThat(sonde.onlyErrorLine()).contains("secret.pcap").contains("may not be read");
    }
  }

  @Test
  void shouldPlayTheSampleWhereItMayNotCapture() throws Exception {
    try (SondeProcess sonde = run("--source", "auto")) {
      String note = sonde.awaitEvent(home, "sonde/network/capture/STARTED").get("note").asText();
      assertThat(note)
          .startsWith("This is the built-in sample, not your network: ")
          .containsAnyOf("No permission to capture", "libpcap", "No network interface");
      TestDevice.await(
          "the reason on the console",
          () -> sonde.out().contains("This is the built-in sample, not your network"));
      sonde.signal("TERM");
      assertThat(sonde.awaitExit()).isEqualTo(143);
    }
  }
}
