package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.network.FlowEnded;
import dev.sonde.event.network.FlowEnded.Reason;
import dev.sonde.event.network.NetworkAlert;
import dev.sonde.network.SampleIp.Endpoint;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FlowWatchTest {

  private static final Endpoint CLIENT = new Endpoint("192.0.2.10", 50_000);
  private static final Endpoint SERVER = new Endpoint("198.51.100.7", 80);
  private static final byte[] NOTHING = {};
  private static final int RST = 0x04;

  private final Heard heard = new Heard();

  @Test
  void shouldTellAConnectionThatBothSidesClose() {
    send(CLIENT, SERVER, SampleIp.SYN, NOTHING);
    send(SERVER, CLIENT, SampleIp.SYN_ACK, NOTHING);
    send(CLIENT, SERVER, SampleIp.PUSH_ACK, new byte[100]);
    send(SERVER, CLIENT, SampleIp.FIN_ACK, NOTHING);
    send(CLIENT, SERVER, SampleIp.FIN_ACK, NOTHING);
    send(SERVER, CLIENT, SampleIp.ACK, NOTHING);
    heard.finish();

    FlowEnded flow = heard.only(FlowEnded.class);
    assertThat(flow.reason()).isEqualTo(Reason.FINISHED);
    assertThat(flow.protocol()).isEqualTo("TCP");
    assertThat(flow.client().getHostAddress()).isEqualTo("192.0.2.10");
    assertThat(flow.serverPort()).isEqualTo(80);
    assertThat(flow.packetsToServer()).isEqualTo(3);
    assertThat(flow.bytesToServer()).isEqualTo(3 * 40 + 100);
    assertThat(flow.packetsToClient()).isEqualTo(3);
    assertThat(Duration.between(flow.start(), flow.end())).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void shouldTellAConnectionThatIsReset() {
    send(CLIENT, SERVER, SampleIp.SYN, NOTHING);
    send(SERVER, CLIENT, RST, NOTHING);

    assertThat(heard.only(FlowEnded.class).reason()).isEqualTo(Reason.RESET);
  }

  @Test
  void shouldTellAnotherConnectionBetweenTheSamePorts() {
    for (int i = 0; i < 2; i++) {
      send(CLIENT, SERVER, SampleIp.SYN, NOTHING);
      send(SERVER, CLIENT, RST, NOTHING);
    }

    assertThat(heard.all(FlowEnded.class)).hasSize(2);
  }

  @Test
  void shouldTellWhatFallsSilent() {
    heard.ip(SampleIp.udp(CLIENT, SERVER, new byte[10]));
    heard.later(Heard.LOST_AFTER);
    heard.ip(SampleIp.udp(new Endpoint("192.0.2.11", 1), SERVER, new byte[10]));

    assertThat(heard.only(FlowEnded.class).reason()).isEqualTo(Reason.IDLE);
    assertThat(heard.only(FlowEnded.class).clientPort()).isEqualTo(50_000);
  }

  @Test
  void shouldKeepNoMoreThanItMayAndTellWhatGoes() {
    Heard few = new Heard(4);
    for (int port = 1; port <= 10; port++) {
      few.ip(SampleIp.udp(new Endpoint("192.0.2.10", port), SERVER, new byte[10]));
    }

    assertThat(few.all(FlowEnded.class))
        .hasSize(6)
        .allMatch(flow -> flow.reason() == Reason.EVICTED);
    assertThat(few.statistics.get(Counter.EVICTED)).isEqualTo(6);
    few.finish();
    assertThat(few.all(FlowEnded.class)).hasSize(10);
  }

  @Test
  void shouldAlertWhenSomebodyTriesManyPorts() {
    for (int port = 1; port <= 30; port++) {
      send(CLIENT, new Endpoint("198.51.100.7", port), SampleIp.SYN, NOTHING);
    }

    NetworkAlert alert = heard.only(NetworkAlert.class);
    assertThat(alert.kind()).isEqualTo(NetworkAlert.Kind.PORT_SCAN);
    assertThat(alert.subject()).isEqualTo("192.0.2.10");
  }

  @Test
  void shouldNotGatherMessagesWithoutEnd() {
    Heard many = new Heard(4_096);
    byte[] hello = SampleTls.clientHello("www.example", new SplittableRandom(1));
    byte[] begun = Arrays.copyOf(hello, 50);
    for (int port = 1; port <= 1_000; port++) {
      Endpoint from = new Endpoint("192.0.2.10", port);
      many.ip(SampleIp.tcp(from, SERVER, 1, 1, SampleIp.PUSH_ACK, begun));
    }

    assertThat(many.statistics.get(Counter.EVICTED)).isEqualTo(1_000 - 128);
  }

  private void send(Endpoint from, Endpoint to, int flags, byte[] payload) {
    heard.ip(SampleIp.tcp(from, to, 1, 1, flags, payload));
  }
}
