package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.network.ArpBogon;
import dev.sonde.event.network.ArpChanged;
import dev.sonde.event.network.ArpFlipFlop;
import dev.sonde.event.network.ArpGratuitous;
import dev.sonde.event.network.ArpNew;
import dev.sonde.event.network.NetworkAlert;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ArpWatchTest {

  private static final SampleHost ALICE = SampleHost.of(0x10, "192.0.2", 10);
  private static final SampleHost BOB = SampleHost.of(0x11, "192.0.2", 10);
  private static final SampleHost CAROL = SampleHost.of(0x12, "192.0.2", 10);

  private final Heard heard = new Heard();

  @Test
  void shouldTellAnAddressThatIsNewOnce() {
    claim(ALICE);
    claim(ALICE);

    assertThat(heard.only(ArpNew.class).ip()).isEqualTo(InetAddress.ofLiteral("192.0.2.10"));
    assertThat(heard.only(ArpNew.class).mac().value()).isEqualTo(ALICE.mac());
  }

  @Test
  void shouldTellAnAddressThatMoves() {
    claim(ALICE);
    claim(BOB);
    claim(CAROL);

    assertThat(heard.all(ArpChanged.class))
        .extracting(change -> change.before().value())
        .containsExactly(ALICE.mac(), BOB.mac());
    assertThat(heard.all(ArpFlipFlop.class)).isEmpty();
  }

  @Test
  void shouldAlertWhenTwoClaimAnAddressInTurn() {
    claim(ALICE);
    claim(BOB);
    claim(ALICE);
    claim(BOB);

    assertThat(heard.all(ArpFlipFlop.class)).hasSize(2);
    NetworkAlert alert = heard.only(NetworkAlert.class);
    assertThat(alert.kind()).isEqualTo(NetworkAlert.Kind.ARP_SPOOFING);
    assertThat(alert.subject()).isEqualTo("192.0.2.10");
  }

  @Test
  void shouldTellAnnouncements() {
    heard.frame(LinkType.ETHERNET, frame(ALICE.mac(), SampleArp.announce(ALICE)));

    assertThat(heard.only(ArpGratuitous.class).mac().value()).isEqualTo(ALICE.mac());
  }

  @Test
  void shouldTellWhatCanNotBe() {
    heard.frame(LinkType.ETHERNET, frame(BOB.mac(), SampleArp.request(ALICE, "192.0.2.1")));
    SampleHost multicast = SampleHost.of(0x13, "224.0.0", 1);
    heard.frame(LinkType.ETHERNET, frame(multicast.mac(), SampleArp.announce(multicast)));

    assertThat(heard.all(ArpBogon.class))
        .extracting(ArpBogon::reason)
        .satisfiesExactly(
            first -> assertThat(first).contains("sent by 00:00:5e:00:53:11"),
            second -> assertThat(second).contains("no host has the address 224.0.0.1"));
    assertThat(heard.all(ArpNew.class)).isEmpty();
  }

  private void claim(SampleHost host) {
    heard.frame(LinkType.ETHERNET, frame(host.mac(), SampleArp.request(host, "192.0.2.1")));
  }

  private static byte[] frame(long sender, byte[] arp) {
    return new PacketWriter()
        .mac(SampleHost.BROADCAST)
        .mac(sender)
        .u16(EtherType.ARP)
        .bytes(arp)
        .done();
  }
}
