package dev.sonde.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Live capture without root.
class OrdinaryUserTest {

  private static final String NOBODY = "65534";
  private static final String[] AS_NOBODY = {
    "setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"
  };
  private static final List<String> CAP_NET_RAW_ALONE =
      List.of(
          "setpriv",
          "--inh-caps=-all,+net_raw",
          "--ambient-caps=-all,+net_raw",
          "--bounding-set=-all,+net_raw");

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void require() throws Exception {
    Prerequisites.requireLibpcap();
    Prerequisites.requireCommand("tcpreplay", "tcpreplay");
    Prerequisites.requireCommand("setpriv", "util-linux");
    home = folder.resolve("home");
  }

  @Test
  void shouldCaptureAsAnOrdinaryUserInANamespaceOfItsOwn() throws Exception {
    String[] before = {};
    if (Prerequisites.isRoot()) {
      before = AS_NOBODY;
      Prerequisites.assume(
          Tool.succeeds(Stream.of(AS_NOBODY, reading()).flatMap(Stream::of).toArray(String[]::new)),
          "an ordinary user may not read " + SondeProcess.EXECUTABLE);
      Tool.run("chown", NOBODY, folder.toString());
    }
    try (NetworkNamespace network = NetworkNamespace.open(before)) {
      assertThat(capture(network, network.inside())).isEqualTo(1);
    }
  }

  private static String[] reading() {
    return new String[] {"test", "-x", SondeProcess.EXECUTABLE};
  }

  @Test
  void shouldCaptureWithCapNetRawAlone() throws Exception {
    try (NetworkNamespace network = NetworkNamespace.open()) {
      List<String> before =
          Stream.concat(network.inside().stream(), CAP_NET_RAW_ALONE.stream()).toList();
      assertThat(capture(network, before)).isEqualTo(1);
    }
  }

  /// Hears one packet.
  ///
  /// @return how many packets there were
  private long capture(NetworkNamespace network, List<String> before) throws Exception {
    network.addPair("son0", "son1");
    Path one = new SmallCapture().arp().write(folder.resolve("one.pcap"));
    try (SondeProcess sonde = SondeProcess.headlessBehind(before, home, "--source", "live:son0")) {
      sonde.awaitEvent(home, "sonde/network/capture/STARTED");
      network.replay(one, "son1");
      sonde.awaitEvent(home, "sonde/network/ARP");
      sonde.signal("TERM");
      assertThat(sonde.awaitExit()).isEqualTo(143);
      assertThat(sonde.err()).isEmpty();
    }
    return SondeProcess.events(home, "sonde/network/STATISTICS").getLast().get("packets").asLong();
  }
}
