package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.network.DhcpMessage;
import dev.sonde.event.network.HostNew;
import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.NetworkAlert;
import dev.sonde.network.SampleIp.Endpoint;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HostsAndDhcpTest {

  private static final Endpoint NOBODY = new Endpoint("0.0.0.0", 68);
  private static final Endpoint EVERYBODY = new Endpoint("255.255.255.255", 67);

  @Test
  void shouldTellTheSamplesHostsOnce() {
    Heard sample = Heard.sample();

    assertThat(sample.all(HostNew.class))
        .isNotEmpty()
        .extracting(HostNew::mac)
        .doesNotHaveDuplicates()
        .noneMatch(MacAddress::isGroup);
  }

  @Test
  void shouldNameVendorsByTheLongestPrefix() {
    assertThat(Vendors.of(MacAddress.parse("00:00:5e:00:53:01")).orElse(""))
        .containsIgnoringCase("ICANN");
    assertThat(Vendors.of(MacAddress.parse("b8:27:eb:12:34:56")).orElse(""))
        .contains("Raspberry Pi");
    assertThat(Vendors.of(MacAddress.parse("c8:5c:e2:7a:bc:de")).orElse(""))
        .isEqualTo("SYNERGY SYSTEMS AND SOLUTIONS");
    assertThat(Vendors.of(MacAddress.parse("02:00:5e:00:53:01"))).isEmpty();
  }

  @Test
  void shouldTellALeaseWithNameServerAndTime() {
    Heard heard = new Heard();
    SampleHost client = SampleHost.of(0x10, "192.0.2", 10);
    SampleHost server = SampleHost.of(0x01, "192.0.2", 1);
    SampleDhcp.lease(client, server, "laptop")
        .forEach(message -> heard.ip(SampleIp.udp(NOBODY, EVERYBODY, message)));

    assertThat(heard.all(DhcpMessage.class))
        .extracting(DhcpMessage::type)
        .containsExactly("DISCOVER", "OFFER", "REQUEST", "ACK");
    assertThat(heard.all(DhcpMessage.class).getFirst().hostName()).hasToString("laptop");
    DhcpMessage last = heard.all(DhcpMessage.class).getLast();
    assertThat(last.address()).contains(InetAddress.ofLiteral("192.0.2.10"));
    assertThat(last.server()).contains(InetAddress.ofLiteral("192.0.2.1"));
    assertThat(last.lease()).contains(Duration.ofHours(1));
    assertThat(last.client().value()).isEqualTo(client.mac());
  }

  @Test
  void shouldAlertWhenManyUnheardOfClientsAskForAddresses() {
    Heard heard = new Heard();
    SampleHost server = SampleHost.of(0x01, "192.0.2", 1);
    for (int i = 0; i < 30; i++) {
      byte[] discover =
          SampleDhcp.lease(SampleHost.of(0x40 + i, "192.0.2", 10), server, "x").getFirst();
      heard.ip(SampleIp.udp(NOBODY, EVERYBODY, discover));
    }

    assertThat(heard.only(NetworkAlert.class).kind()).isEqualTo(NetworkAlert.Kind.DHCP_STARVATION);
  }

  @Test
  void shouldLimitAlertsOfAKindAndCountTheRest() {
    Heard heard = new Heard(1_000);
    for (int scanner = 1; scanner <= 20; scanner++) {
      scan(heard, scanner);
    }
    assertThat(heard.all(NetworkAlert.class)).hasSize(Alerts.MOST_OF_A_KIND_A_MINUTE);

    heard.later(Duration.ofMinutes(1));
    scan(heard, 99);
    assertThat(heard.all(NetworkAlert.class).getLast().suppressed())
        .isEqualTo(20 - Alerts.MOST_OF_A_KIND_A_MINUTE);
  }

  private static void scan(Heard heard, int scanner) {
    Endpoint from = new Endpoint("192.0.2." + scanner, 50_000);
    for (int port = 1; port <= 25; port++) {
      Endpoint to = new Endpoint("198.51.100.7", port);
      heard.ip(SampleIp.tcp(from, to, 1, 0, SampleIp.SYN, new byte[0]));
    }
  }
}
