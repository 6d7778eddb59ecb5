package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.network.ArpPacket;
import dev.sonde.event.network.DnsQuery;
import dev.sonde.event.network.DnsResponse;
import dev.sonde.event.network.HostNew;
import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.NetworkEvent;
import dev.sonde.network.SampleIp.Endpoint;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DissectorTest {

  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);
  private static final Endpoint CLIENT = new Endpoint("192.0.2.10", 50_000);
  private static final Endpoint SERVER = new Endpoint("192.0.2.1", 53);
  private static final Endpoint CLIENT6 = new Endpoint("2001:db8::10", 50_000);
  private static final Endpoint SERVER6 = new Endpoint("2001:db8::1", 53);
  private static final byte[] QUERY = SampleDns.query(7, "a.example", 1);

  private final Statistics statistics = new Statistics("test");
  private final List<NetworkEvent> events = new ArrayList<>();
  private final Dissector dissector =
      new Dissector(new Findings("test", statistics, events::add, 64), Long.MAX_VALUE);

  @Test
  void shouldTellArp() throws Exception {
    SampleHost asks = SampleHost.of(0x10, "192.0.2", 10);

    NetworkEvent event = ethernet(0x0806, SampleArp.request(asks, "192.0.2.1"));

    assertThat(event)
        .isEqualTo(
            new ArpPacket(
                "test",
                TIME,
                1,
                MacAddress.parse("00:00:5e:00:53:10"),
                InetAddress.ofLiteral("192.0.2.10"),
                new MacAddress(0),
                InetAddress.ofLiteral("192.0.2.1")));
    assertThat(statistics.get(Counter.ARP)).isEqualTo(1);
  }

  @Test
  void shouldReadArpFieldsThatAreLongerThanTheirAddresses() {
    byte[] packet =
        new PacketWriter()
            .u16(1)
            .u16(0x0800)
            .u8(8)
            .u8(5)
            .u16(2)
            .mac(0x0000_5E00_5311L)
            .u16(0xFFFF)
            .bytes(SampleIp.address("192.0.2.11"))
            .u8(0xFF)
            .mac(0x0000_5E00_5312L)
            .u16(0xFFFF)
            .bytes(SampleIp.address("192.0.2.12"))
            .u8(0xFF)
            .done();

    assertThat(ethernet(0x0806, packet))
        .isInstanceOfSatisfying(
            ArpPacket.class,
            arp -> {
              assertThat(arp.senderMac()).hasToString("00:00:5e:00:53:11");
              assertThat(arp.senderIp()).isEqualTo(InetAddress.ofLiteral("192.0.2.11"));
              assertThat(arp.targetMac()).hasToString("00:00:5e:00:53:12");
              assertThat(arp.targetIp()).isEqualTo(InetAddress.ofLiteral("192.0.2.12"));
            });
  }

  @Test
  void shouldCountArpThatHasNoIpv4Addresses() {
    byte[] packet = new PacketWriter().u16(1).u16(0x86DD).u8(6).u8(16).u16(1).zeros(60).done();

    assertThat(ethernet(0x0806, packet)).isNull();
    assertThat(statistics.get(Counter.ARP)).isEqualTo(1);
    assertThat(statistics.get(Counter.PARSE_ERRORS)).isEqualTo(1);
  }

  @Test
  void shouldTellDnsQueriesOverBothVersionsOfIp() {
    assertThat(ethernet(0x0800, SampleIp.udp(CLIENT, SERVER, QUERY)))
        .isEqualTo(
            new DnsQuery(
                "test",
                TIME,
                InetAddress.ofLiteral("192.0.2.10"),
                InetAddress.ofLiteral("192.0.2.1"),
                7,
                "a.example",
                "A"));
    assertThat(ethernet(0x86DD, SampleIp.udp(CLIENT6, SERVER6, QUERY)))
        .isInstanceOfSatisfying(
            DnsQuery.class,
            query -> assertThat(query.client()).isEqualTo(InetAddress.ofLiteral("2001:db8::10")));
    assertThat(statistics.get(Counter.DNS_QUERY)).isEqualTo(2);
  }

  @Test
  void shouldTellDnsResponses() {
    byte[] response = SampleDns.response(7, "a.example", 1, "192.0.2.99");

    assertThat(ethernet(0x0800, SampleIp.udp(SERVER, CLIENT, response)))
        .isEqualTo(
            new DnsResponse(
                "test",
                TIME,
                InetAddress.ofLiteral("192.0.2.10"),
                InetAddress.ofLiteral("192.0.2.1"),
                7,
                "a.example",
                "A",
                "NOERROR",
                List.of(InetAddress.ofLiteral("192.0.2.99"))));
    assertThat(statistics.get(Counter.DNS_RESPONSE)).isEqualTo(1);
  }

  @Test
  void shouldLookBehindIpv6ExtensionHeaders() {
    byte[] plain = SampleIp.udp(CLIENT6, SERVER6, QUERY);
    byte[] extended =
        new PacketWriter()
            .bytes(Arrays.copyOf(plain, 4))
            .u16(plain.length - 40 + 16)
            .u8(0)
            .u8(64)
            .bytes(Arrays.copyOfRange(plain, 8, 40))
            .u8(60)
            .u8(0)
            .zeros(6)
            .u8(17)
            .u8(0)
            .zeros(6)
            .bytes(Arrays.copyOfRange(plain, 40, plain.length))
            .done();

    assertThat(ethernet(0x86DD, extended)).isInstanceOf(DnsQuery.class);
  }

  @Test
  void shouldTellADnsMessageThatBreaksOff() {
    byte[] broken = Arrays.copyOf(QUERY, 14);

    assertThat(ethernet(0x0800, SampleIp.udp(CLIENT, SERVER, broken)))
        .isInstanceOfSatisfying(DnsQuery.class, query -> assertThat(query.name()).isEmpty());
    assertThat(statistics.get(Counter.DNS_QUERY)).isEqualTo(1);
    assertThat(statistics.get(Counter.PARSE_ERRORS)).isEqualTo(1);
  }

  @Test
  void shouldTellNothingOfOtherTraffic() {
    byte[] other = SampleIp.udp(new Endpoint("192.0.2.1", 9), CLIENT, QUERY);
    byte[] fragment = SampleIp.udp(CLIENT, SERVER, QUERY);
    fragment[7] = 1;
    byte[] tcp = SampleIp.tcp(CLIENT, SERVER, 1, 0, SampleIp.SYN, new byte[0]);

    assertThat(ethernet(0x0800, other)).isNull();
    assertThat(ethernet(0x0800, fragment)).isNull();
    assertThat(ethernet(0x0800, tcp)).isNull();
    assertThat(statistics.get(Counter.PACKETS)).isEqualTo(3);
    assertThat(statistics.get(Counter.PARSE_ERRORS)).isZero();
  }

  @Test
  void shouldSurviveLengthsThatLie() {
    byte[] packet = SampleIp.udp(CLIENT, SERVER, QUERY);
    for (int udpLength : new int[] {0, 1, 7, 8, 9, 19, 0x7FFF, 0xFFFF}) {
      byte[] lying = packet.clone();
      lying[24] = (byte) (udpLength >> 8);
      lying[25] = (byte) udpLength;
      ethernet(0x0800, lying);
    }
    for (int headerLength = 0; headerLength < 16; headerLength++) {
      byte[] lying = packet.clone();
      lying[0] = (byte) (0x40 | headerLength);
      ethernet(0x0800, lying);
    }
    assertThat(statistics.get(Counter.PACKETS)).isEqualTo(24);
  }

  @Test
  void shouldSurviveEveryTruncationOfTheSample() {
    long frames = 0;
    for (SampleScript.Scene scene : SampleSource.scenes()) {
      int step = 1 + scene.data().length / 64;
      for (int length = 0; length < scene.data().length; length += step) {
        dissect(scene.linkType(), Arrays.copyOf(scene.data(), length));
        frames++;
      }
    }
    assertThat(statistics.get(Counter.PACKETS)).isEqualTo(frames);
    assertThat(statistics.get(Counter.PARSE_ERRORS)).isPositive();
  }

  @Test
  void shouldSurviveMutationsOfTheSample() {
    Random random = new Random(53);
    List<SampleScript.Scene> scenes = SampleSource.scenes();
    int mutations = 50_000;
    for (int i = 0; i < mutations; i++) {
      SampleScript.Scene scene = scenes.get(random.nextInt(scenes.size()));
      byte[] mutated = scene.data().clone();
      for (int change = random.nextInt(8); change >= 0; change--) {
        mutated[random.nextInt(Math.min(mutated.length, 96))] = (byte) random.nextInt();
      }
      dissect(random.nextInt(20) == 0 ? random.nextInt(300) : scene.linkType(), mutated);
    }
    assertThat(statistics.get(Counter.PACKETS)).isEqualTo(mutations);
  }

  private @Nullable NetworkEvent ethernet(int etherType, byte[] packet) {
    return dissect(
        LinkType.ETHERNET, new PacketWriter().zeros(12).u16(etherType).bytes(packet).done());
  }

  private @Nullable NetworkEvent dissect(int linkType, byte[] data) {
    Frame frame = new Frame();
    frame.over(data, 0, data.length);
    events.clear();
    dissector.dissect(
        frame.described(Frame.nanos(TIME.getEpochSecond(), 0), linkType, data.length));
    return events.stream().filter(event -> !(event instanceof HostNew)).findFirst().orElse(null);
  }
}
