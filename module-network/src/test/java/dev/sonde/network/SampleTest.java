package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sonde.event.network.ArpPacket;
import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.event.network.DnsEvent;
import dev.sonde.event.network.DnsQuery;
import dev.sonde.event.network.DnsResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {

  @TempDir Path folder;

  @Test
  void shouldBeTheSameInEachRun() {
    List<SampleScript.Scene> first = SampleSource.scenes();
    List<SampleScript.Scene> second = SampleSource.scenes();

    assertThat(first).hasSameSizeAs(second);
    for (int i = 0; i < first.size(); i++) {
      assertThat(first.get(i).atMicros()).isEqualTo(second.get(i).atMicros());
      assertThat(first.get(i).data()).isEqualTo(second.get(i).data());
    }
  }

  @Test
  void shouldHoldWifiAndLanInTheOrderOfTime() {
    List<SampleScript.Scene> scenes = SampleSource.scenes();

    assertThat(scenes).extracting(SampleScript.Scene::atMicros).isSorted();
    assertThat(scenes.getLast().atMicros())
        .isBetween(30_000_000L, SampleSource.SECONDS * 1_000_000);
    assertThat(scenes)
        .extracting(SampleScript.Scene::linkType)
        .contains(LinkType.ETHERNET, LinkType.IEEE802_11_RADIOTAP);
  }

  @Test
  void shouldUseNamesAndAddressesForDocumentationOnly() {
    RecordingBus bus = Captures.run(Captures.config("sample", "", "max"));

    assertThat(bus.all(DnsEvent.class))
        .isNotEmpty()
        .allMatch(event -> event.name().endsWith(".example"));
    Stream<InetAddress> addresses =
        Stream.of(
                bus.all(DnsQuery.class).stream().flatMap(q -> Stream.of(q.client(), q.server())),
                bus.all(DnsResponse.class).stream().flatMap(r -> r.addresses().stream()),
                bus.all(ArpPacket.class).stream()
                    .flatMap(a -> Stream.of(a.senderIp(), a.targetIp())))
            .flatMap(each -> each);
    assertThat(addresses)
        .allMatch(
            each ->
                each.getHostAddress().matches("(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\..*")
                    || each.getHostAddress().startsWith("2001:db8:"));
    assertThat(bus.all(ArpPacket.class))
        .allMatch(arp -> arp.senderMac().toString().startsWith("00:00:5e:00:53:"));
  }

  @Test
  void shouldCountTimeFromWhenItWasOpenedAndGoOnWhenItRepeats() {
    Instant opened = Instant.ofEpochSecond(1_000);
    SampleSource source = new SampleSource(true, Clock.fixed(opened, ZoneOffset.UTC));
    int frames = SampleSource.scenes().size();
    Instant last = opened;
    Frame frame = new Frame();
    for (int i = 0; i < 2 * frames; i++) {
      assertThat(source.next(frame)).isTrue();
      assertThat(frame.captured()).isAfterOrEqualTo(last);
      last = frame.captured();
    }
    assertThat(last).isAfter(opened.plusSeconds(SampleSource.SECONDS));
  }

  @Test
  void shouldBeReadByTsharkAsItIsReadHere() throws Exception {
    assumeTrue(hasTshark(), "Skipped: tshark is not installed");
    Path file = folder.resolve("sample.pcapng");
    Files.write(file, pcapng());

    CaptureStatistics figures = Captures.replay(file).last(CaptureStatistics.class);
    List<String> rows = tshark(file);

    assertThat(figures.packets()).isEqualTo(SampleSource.scenes().size()).isEqualTo(rows.size());
    assertThat(figures.arp()).isEqualTo(count(rows, ".*:arp\\b.*")).isPositive();
    assertThat(figures.dns_query()).isEqualTo(count(rows, ".*:dns\\t0\\t.*")).isPositive();
    assertThat(figures.dns_response()).isEqualTo(count(rows, ".*:dns\\t1\\t.*")).isPositive();
    assertThat(figures.parseErrors()).isZero();
    assertThat(rows).noneMatch(row -> row.contains("malformed"));
    assertThat(rows).noneMatch(row -> row.contains("bad checksum"));
    assertThat(count(rows, ".*:tls\\b.*\\.example.*")).isPositive();
    assertThat(count(rows, ".*:mdns\\b.*")).isPositive();
    assertThat(count(rows, ".*:eapol\\b.*")).isEqualTo(4);
    assertThat(count(rows, ".*:dhcp\\b.*")).isEqualTo(8);
  }

  private static long count(List<String> rows, String pattern) {
    return rows.stream().filter(row -> row.matches(pattern)).count();
  }

  private static byte[] pcapng() {
    CaptureBytes file =
        CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN)
            .interfaceDescription(LinkType.ETHERNET)
            .interfaceDescription(LinkType.IEEE802_11_RADIOTAP);
    for (SampleScript.Scene scene : SampleSource.scenes()) {
      int number = scene.linkType() == LinkType.ETHERNET ? 0 : 1;
      file.enhancedPacket(number, scene.atMicros(), scene.data());
    }
    return file.done();
  }

  private static boolean hasTshark() {
    try {
      return new ProcessBuilder("tshark", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// One row a frame: protocols, whether DNS response, server name, complaints.
  private static List<String> tshark(Path file) throws Exception {
    List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
    for (String protocol : List.of("ip", "tcp", "udp")) {
      command.addAll(List.of("-o", protocol + ".check_checksum:TRUE"));
    }
    command.addAll(List.of("-T", "fields", "-E", "occurrence=a"));
    for (String field :
        List.of(
            "frame.protocols",
            "dns.flags.response",
            "tls.handshake.extensions_server_name",
            "_ws.malformed",
            "_ws.expert.message")) {
      command.addAll(List.of("-e", field));
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> rows = process.inputReader().lines().toList();
    assertThat(process.waitFor()).isZero();
    return rows.stream().map(row -> row.toLowerCase(Locale.ROOT)).toList();
  }
}
