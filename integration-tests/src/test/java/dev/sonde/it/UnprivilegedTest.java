package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The device as a user who may not do everything. Root, who may, becomes such a user by `setpriv`.
class UnprivilegedTest {

  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all");

  @TempDir Path folder;
  private Path home;
  private List<String> asNobody;

  @BeforeEach
  void becomeNobody() throws Exception {
    boolean root = Prerequisites.isRoot();
    if (root) {
      Prerequisites.requireCommand("setpriv", "util-linux");
    }
    asNobody = root ? NOBODY : List.of();
    allow(folder, "rwxr-xr-x");
    home = Files.createDirectory(folder.resolve("home"));
    allow(home, "rwxrwxrwx");
    Prerequisites.require(
        Tool.succeeds(command(SondeProcess.EXECUTABLE, "--version")),
        "another user than root can not read " + SondeProcess.EXECUTABLE + " or the JDK");
  }

  private String[] command(String... words) {
    return Stream.concat(asNobody.stream(), Stream.of(words)).toArray(String[]::new);
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /// What another user wrote into the home, only root can delete, or that user.
  @AfterEach
  void makeDeletable() throws Exception {
    allow(home, "rwxrwxrwx");
  }

  private SondeProcess run(String... options) throws IOException {
    return SondeProcess.headlessBehind(asNobody, home, options);
  }

  @Test
  void shouldExplainAHomeThatIsReadOnly() throws Exception {
    allow(home, "r-xr-xr-x");
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
      assertThat(sonde.out()).contains("This is the built-in sample, not your network");
      sonde.signal("TERM");
      assertThat(sonde.awaitExit()).isEqualTo(143);
    }
  }
}
