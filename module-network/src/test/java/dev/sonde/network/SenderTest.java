package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bus.Bytes;
import dev.sonde.event.network.ArpPacket;
import dev.sonde.event.network.MacAddress;
import dev.sonde.event.network.SendArpRequest;
import dev.sonde.event.network.SendEcho;
import dev.sonde.event.network.SendFrame;
import dev.sonde.event.network.SendResult;
import dev.sonde.event.network.SendWakeOnLan;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SenderTest {

  private static final SendFrame FRAME = new SendFrame("eth0", Bytes.copyOf(new byte[60]));
  private static final OwnAddresses OWN =
      new OwnAddresses(MacAddress.parse("00:00:5e:00:53:10"), "192.0.2.10");

  private static final List<String> ROUTES =
      List.of(
          "Iface Destination Gateway  Flags RefCnt Use Metric Mask     MTU Window IRTT",
          "eth0  00000000    010200C0 0003  0      0   0      00000000 0   0      0",
          "eth0  000200C0    00000000 0001  0      0   0      00FFFFFF 0   0      0");
  private static final List<String> NEIGHBOURS =
      List.of(
          "IP address       HW type     Flags       HW address            Mask     Device",
          "192.0.2.1        0x1         0x2         00:00:5e:00:53:01     *        eth0",
          "192.0.2.7        0x1         0x0         00:00:00:00:00:00     *        eth0",
          "192.0.2.8        0x1         0x2         00:00:5e:00:53:18     *        eth1",
          "192.0.2.8        0x1         0x2         00:00:5e:00:53:08     *        eth0");

  private final AtomicLong clock = new AtomicLong();
  private final List<byte[]> sent = new ArrayList<>();

  @Test
  void shouldSendNothingUnlessAllowed() {
    SendResult result = sender(List.of("eth1"), 10).send(FRAME);

    assertThat(result.sent()).isFalse();
    assertThat(result.problem()).contains("eth0").contains("sendOn");
    assertThat(sent).isEmpty();
  }

  @Test
  void shouldSendWhatIsAllowed() {
    assertThat(sender(List.of("eth0"), 10).send(FRAME))
        .isEqualTo(new SendResult("eth0", true, 60, ""));
    assertThat(sent).singleElement().isEqualTo(new byte[60]);
  }

  @Test
  void shouldNotSendTooOften() {
    Sender sender = sender(List.of("eth0"), 3);
    for (int i = 0; i < 10; i++) {
      sender.send(FRAME);
    }
    assertThat(sent).hasSize(3);
    assertThat(sender.send(FRAME).problem()).contains("sendPerSecond");

    clock.addAndGet(1_000_000_000);
    assertThat(sender.send(FRAME).sent()).isTrue();
  }

  @Test
  void shouldRefuseWhatIsNoFrame() {
    Sender sender = sender(List.of("eth0"), 10);

    assertThat(sender.send(new SendFrame("eth0", Bytes.EMPTY)).problem()).contains("0 bytes");
    assertThat(sender.send(new SendFrame("eth0", Bytes.copyOf(new byte[1_515]))).sent()).isFalse();
    assertThat(sent).isEmpty();
  }

  @Test
  void shouldSayWhyItCouldNotSend() {
    Transmitter broken =
        (name, frame) -> {
          throw new CaptureException("No permission to send", "Give it CAP_NET_RAW");
        };
    SendResult result = new Sender(List.of("eth0"), 10, broken, clock::get).send(FRAME);

    assertThat(result.problem()).isEqualTo("No permission to send. Give it CAP_NET_RAW");
  }

  @Test
  void shouldAskForAnAddressAsItsOwn() throws Exception {
    SendArpRequest request = new SendArpRequest("eth0", InetAddress.ofLiteral("192.0.2.1"));
    Heard heard = new Heard().frame(LinkType.ETHERNET, OutgoingFrame.arp(request, OWN));

    ArpPacket packet = heard.only(ArpPacket.class);
    assertThat(packet.operation()).isEqualTo(1);
    assertThat(packet.senderMac()).isEqualTo(OWN.mac());
    assertThat(packet.senderIp()).isEqualTo(InetAddress.ofLiteral("192.0.2.10"));
    assertThat(packet.targetIp()).isEqualTo(InetAddress.ofLiteral("192.0.2.1"));
  }

  @Test
  void shouldWakeByTheAddressSixteenTimes() {
    byte[] frame = OutgoingFrame.wake(MacAddress.parse("00:00:5e:00:53:11"), OWN);

    assertThat(Bytes.copyOf(frame).toHex())
        .isEqualTo("ffffffffffff00005e0053100842ffffffffffff" + "00005e005311".repeat(16));
  }

  @Test
  void shouldSendNoMoreInAnySecond() {
    Sender sender = sender(List.of("eth0"), 2);
    sender.send(FRAME);
    clock.addAndGet(900_000_000);
    sender.send(FRAME);
    clock.addAndGet(200_000_000);

    assertThat(sender.send(FRAME).sent()).isTrue();
    assertThat(sender.send(FRAME).sent()).isFalse();
  }

  @Test
  void shouldHandEchoesToTheTargetOrItsGateway() throws Exception {
    NextHop hop = new NextHop(ROUTES, NEIGHBOURS);

    assertThat(hop.towards("eth0", "192.0.2.8")).hasToString("00:00:5e:00:53:08");
    assertThat(hop.towards("eth0", "198.51.100.1")).hasToString("00:00:5e:00:53:01");
    assertThatThrownBy(() -> hop.towards("eth0", "192.0.2.7"))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining("192.0.2.7 on eth0 is not known");
  }

  @Test
  void shouldSendEchoesThatCanBeAnswered() throws Exception {
    SendEcho echo = new SendEcho("eth0", InetAddress.ofLiteral("192.0.2.8"), 7);
    byte[] frame = OutgoingFrame.echo(echo, OWN, new NextHop(ROUTES, NEIGHBOURS));

    assertThat(Bytes.copyOf(frame).slice(0, 14).toHex()).isEqualTo("00005e00530800005e0053100800");
    assertThat(Bytes.copyOf(frame).slice(26, 8).toHex()).isEqualTo("c000020ac0000208");
    assertThatThrownBy(
            () ->
                OutgoingFrame.echo(
                    echo,
                    new OwnAddresses(OWN.mac(), OwnAddresses.NO_IP),
                    new NextHop(ROUTES, NEIGHBOURS)))
        .hasMessageContaining("no IPv4 address");
  }

  @Test
  void shouldSayWhatIsWrongWithWords() {
    assertThat(SendWords.parse("eth0", "wake", "00:00:5e:00:53:11"))
        .isEqualTo(new SendWakeOnLan("eth0", MacAddress.parse("00:00:5e:00:53:11")));
    assertThatThrownBy(() -> SendWords.parse("eth0", "wake", "5e:11"))
        .hasMessageContaining("'5e:11' is no MAC address; give one such as");
    assertThatThrownBy(() -> SendWords.parse("eth0", "arp", "router"))
        .hasMessageContaining("'router' is no IPv4 address");
    assertThatThrownBy(() -> SendWords.parse("eth0", "frame", "xyz"))
        .hasMessageContaining("is no frame");
    assertThatThrownBy(() -> SendWords.parse("eth0", "flood", "192.0.2.1"))
        .hasMessageContaining("give arp, ping, wake or frame");
  }

  private Sender sender(List<String> allowed, int perSecond) {
    return new Sender(allowed, perSecond, (name, frame) -> sent.add(frame), clock::get);
  }
}
