package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sonde.event.network.CaptureFailed;
import dev.sonde.event.network.CaptureStarted;
import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.event.network.CaptureStopped;
import dev.sonde.event.network.DnsQuery;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Captures on the loopback interface, where the system permits.
class LiveSourceTest {

  @Test
  void shouldHearTheWireUntilCancelled() throws Exception {
    needsPermission();
    RecordingBus bus = new RecordingBus(false);
    Capture capture = Captures.of(Captures.config("live:lo", "udp port 53", "auto"), bus);
    Thread thread = Thread.ofPlatform().start(capture::run);
    bus.await(CaptureStarted.class::isInstance);
    send(SampleDns.query(0x5D, "live.example", 1));
    bus.await(event -> event instanceof DnsQuery query && query.name().equals("live.example"));
    capture.cancel();

    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    assertThat(bus.last(CaptureStopped.class).atEnd()).isFalse();
    assertThat(bus.last(CaptureStatistics.class).dns_query()).isPositive();
    assertThat(bus.last(CaptureStatistics.class).droppedByKernel()).isZero();
  }

  @Test
  void shouldEndOnAnIdleLinkWhenCancelled() throws Exception {
    needsPermission();
    RecordingBus bus = new RecordingBus(false);
    Capture capture = Captures.of(Captures.config("live:lo", "ether proto 0x9999", "auto"), bus);
    Thread thread = Thread.ofPlatform().start(capture::run);
    bus.await(CaptureStarted.class::isInstance);
    capture.cancel();

    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void shouldNameAnInterfaceThatIsNotThere() throws Exception {
    needsPermission();
    CaptureFailed failed =
        Captures.run(Captures.config("live:nosuch0", "", "auto")).last(CaptureFailed.class);

    assertThat(failed.problem()).isEqualTo("There is no interface nosuch0");
  }

  @Test
  void shouldShowTheCompilersWordsAboutABadFilter() throws Exception {
    needsPermission();
    CaptureFailed failed =
        Captures.run(Captures.config("live:lo", "foo bar", "auto")).last(CaptureFailed.class);

    assertThat(failed.problem()).contains("foo bar").contains("syntax error");
  }

  @Test
  void shouldFilterTheSampleToo() throws Exception {
    needsPermission();
    CaptureStatistics arpOnly =
        Captures.run(Captures.config("sample", "arp", "max")).last(CaptureStatistics.class);

    assertThat(arpOnly.arp()).isPositive().isEqualTo(arpOnly.packets());
  }

  private static void send(byte[] message) throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(
          new DatagramPacket(message, message.length, InetAddress.ofLiteral("127.0.0.1"), 53));
    }
  }

  private static void needsPermission() throws Exception {
    try {
      LiveSource.open("lo", Captures.config("live:lo", "", "auto")).close();
    } catch (CaptureException e) {
      String reason = "Skipped: " + e.problem() + ". " + e.remedy();
      System.out.println(reason);
      if ("true".equals(System.getenv("CI"))) {
        fail(reason);
      }
      abort(reason);
    }
  }
}
