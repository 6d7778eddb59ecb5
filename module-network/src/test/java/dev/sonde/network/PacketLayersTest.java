package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Bytes;
import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.PacketCaptured;
import dev.sonde.event.network.PacketLayer;
import dev.sonde.event.network.PacketLayer.Arp;
import dev.sonde.event.network.PacketLayer.Dot11;
import dev.sonde.event.network.PacketLayer.Ethernet;
import dev.sonde.event.network.PacketLayer.Icmp;
import dev.sonde.event.network.PacketLayer.Ip;
import dev.sonde.event.network.PacketLayer.Tcp;
import dev.sonde.event.network.PacketLayer.Udp;
import dev.sonde.event.network.PacketLayer.Vlan;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The layers that subscribers read out of packets.
class PacketLayersTest {

  private static final long SEED = 6;
  private static final String ETHERNET = "ffffffffffff" + "02005e100001";
  private static final MacAddress SENDER = MacAddress.parse("02:00:5e:10:00:01");
  private static final MacAddress ALL = MacAddress.parse("ff:ff:ff:ff:ff:ff");

  private int compared;

  @Test
  void shouldReadTcpBehindAVlanTag() {
    String ip = "4500002c" + "00000000" + "40060000" + "c0000202" + "c6336405";
    String tcp = "cafe0050" + "ffffffff" + "80000000" + "50180200" + "00000000";
    PacketCaptured packet = packet(1, ETHERNET + "8100a0070800" + ip + tcp + "0a0b0c0d" + "0000");

    assertThat(packet.layers().map(PacketLayer::getClass).toList())
        .isEqualTo(List.of(Ethernet.class, Vlan.class, Ip.class, Tcp.class));
    assertThat(packet.layer(Vlan.class).map(Vlan::id)).contains(7);
    assertThat(packet.layer(Vlan.class).map(Vlan::priority)).contains(5);
    assertThat(packet.layer(Ip.class).map(Ip::source)).contains(address("192.0.2.2"));
    assertThat(packet.layer(Ip.class).map(Ip::hopLimit)).contains(64);
    assertThat(packet.layer(Tcp.class))
        .contains(
            new Tcp(0xCAFE, 80, 0xFFFF_FFFFL, 0x8000_0000L, 0x18, 512, Bytes.fromHex("0a0b0c0d")));
  }

  @Test
  void shouldReadArp() {
    PacketCaptured packet =
        packet(
            1,
            ETHERNET
                + "0806"
                + "0001080006040001"
                + "02005e100001c0000202"
                + "000000000000c0000201"
                + "000000");

    assertThat(packet.layers())
        .containsExactly(
            new Ethernet(SENDER, ALL, 0x0806, packet.data().slice(14, 31)),
            new Arp(
                1,
                SENDER,
                address("192.0.2.2"),
                new MacAddress(0),
                address("192.0.2.1"),
                Bytes.fromHex("000000")));
  }

  @Test
  void shouldReadBehindTheExtensionHeadersOfIpv6() {
    String addresses = "20010db8000000000000000000000001" + "20010db8000000000000000000000002";
    String hopByHop = "3a00010400000000";
    PacketCaptured packet =
        packet(
            101,
            "60000000" + "0010" + "0040" + addresses + hopByHop + "80000000" + "0001" + "0002");

    assertThat(packet.layer(Ip.class).map(Ip::protocol)).contains(58);
    assertThat(packet.layer(Icmp.class)).contains(new Icmp(6, 128, 0, Bytes.fromHex("00010002")));
  }

  @Test
  void shouldReadNoPortsOutOfAFragment() {
    PacketCaptured packet =
        packet(101, "4500002400002000" + "40110000" + "c0000202" + "c6336405" + "0035003500100000");

    assertThat(packet.layer(Ip.class).map(Ip::isFragment)).contains(true);
    assertThat(packet.layer(Udp.class)).isEmpty();
  }

  @Test
  void shouldReadWifiBehindRadiotap() {
    PacketCaptured packet =
        packet(
            127,
            "0000080000000000" + "80000000" + "ffffffffffff" + "02005e100001".repeat(2) + "0000");

    assertThat(packet.layer(Dot11.class))
        .contains(new Dot11(0, 8, ALL, Optional.of(SENDER), false, Bytes.EMPTY));
  }

  @Test
  void shouldEndBeforeALayerThatWasNotCaptured() {
    assertThat(packet(1, ETHERNET + "0800" + "45000014").layers()).hasSize(1);
    assertThat(packet(1, "02005e").layers()).isEmpty();
    assertThat(packet(9_999, "02005e").layers()).isEmpty();
  }

  @Test
  void shouldReadNoFurtherThanAsked() {
    PacketCaptured packet = packet(1, ETHERNET + "0800" + "45");

    assertThat(packet.layer(Ethernet.class).map(Ethernet::etherType)).contains(0x0800);
  }

  /// What the module counts and what a subscriber reads is read by two pieces of code.
  @Test
  void shouldAgreeWithTheModule() throws Exception {
    SampleSource.scenes().forEach(scene -> compare(scene.linkType(), scene.data()));
    assertThat(compared).isPositive();
  }

  @Test
  void shouldAgreeWithTheModuleOnCapturesOfOthers() throws Exception {
    Frame frame = new Frame();
    for (Path file : Captures.files(Captures.folder())) {
      try (CaptureFileSource source = CaptureFileSource.open(file.toString())) {
        while (source.next(frame)) {
          compare(frame.linkType(), frame.copy(0, frame.length()));
        }
      } catch (CaptureException e) {
        // some hostile files are no captures at all
      }
    }
    assertThat(compared).isGreaterThan(1_000);
  }

  @Test
  void shouldAgreeWithTheModuleOnHostilePackets() {
    System.out.println("Seed " + SEED);
    Random random = new Random(SEED);
    List<SampleScript.Scene> scenes = SampleSource.scenes();
    for (int i = 0; i < 50_000; i++) {
      SampleScript.Scene scene = scenes.get(random.nextInt(scenes.size()));
      byte[] data = Arrays.copyOf(scene.data(), random.nextInt(scene.data().length + 1));
      for (int change = 0; change < 3 && data.length > 0; change++) {
        data[random.nextInt(Math.min(64, data.length))] = (byte) random.nextInt();
      }
      compare(scene.linkType(), data);
    }
  }

  private void compare(int linkType, byte[] data) {
    Frame frame = new Frame();
    frame.over(data, 0, data.length);
    frame.described(0, linkType, data.length);
    Layers layers = new Layers();
    layers.clear();
    List<PacketLayer> seen = packet(linkType, Bytes.copyOf(data)).layers().toList();
    try {
      LinkLayer.read(frame, layers);
      IpLayer.read(frame, layers);
    } catch (TruncatedException e) {
      return; // the module counts a parse error; where the layers end is not told
    }
    if (isComparable(linkType)) {
      compare(layers, seen, data);
    }
  }

  private void compare(Layers layers, List<PacketLayer> seen, byte[] data) {
    TreeMap<String, String> module = new TreeMap<>();
    TreeMap<String, String> subscriber = new TreeMap<>();
    if (layers.isTcp() || layers.isUdp()) {
      compared++;
      module.put("ports", layers.sourcePort + " " + layers.targetPort);
      module.put("payload", String.valueOf(layers.end - layers.payloadAt));
    }
    for (PacketLayer layer : seen) {
      if (layer instanceof Udp udp) {
        subscriber.put("ports", udp.sourcePort() + " " + udp.targetPort());
        subscriber.put("payload", String.valueOf(udp.payload().length()));
      } else if (layer instanceof Tcp tcp) {
        subscriber.put("ports", tcp.sourcePort() + " " + tcp.targetPort());
        subscriber.put("payload", String.valueOf(tcp.payload().length()));
      }
    }
    // where IP's length ends within the header behind it, the module reads on, and counts it
    if (!subscriber.isEmpty() || layers.end > layers.payloadAt) {
      assertThat(subscriber).as(() -> HexFormat.of().formatHex(data)).isEqualTo(module);
    }
  }

  /// Link types that both read.
  private static boolean isComparable(int linkType) {
    return switch (linkType) {
      case LinkType.ETHERNET,
          LinkType.RAW,
          LinkType.IPV4,
          LinkType.IPV6,
          LinkType.NULL,
          LinkType.LINUX_SLL,
          LinkType.LINUX_SLL2 ->
          true;
      default -> false;
    };
  }

  private static PacketCaptured packet(int linkType, String hex) {
    return packet(linkType, Bytes.fromHex(hex));
  }

  private static PacketCaptured packet(int linkType, Bytes data) {
    return new PacketCaptured("test", Instant.EPOCH, linkType, data.length(), data);
  }

  private static InetAddress address(String text) {
    return InetAddress.ofLiteral(text);
  }
}
