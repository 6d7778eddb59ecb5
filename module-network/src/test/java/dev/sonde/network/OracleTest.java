package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.network.ArpPacket;
import dev.sonde.event.network.CaptureFailed;
import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.event.network.CaptureStopped;
import dev.sonde.event.network.DhcpMessage;
import dev.sonde.event.network.DnsQuery;
import dev.sonde.event.network.DnsResponse;
import dev.sonde.event.network.TlsClientHello;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Captures that this project did not make, against counts that it did not make.
class OracleTest {

  @TestFactory
  Stream<DynamicTest> shouldCountWhatTsharkCounts() throws IOException {
    Path folder = Captures.folder();
    List<String> rows = Files.readAllLines(folder.resolve("counts.tsv"));
    List<String> columns = List.of(rows.getFirst().split("\t", -1));
    return rows.stream()
        .skip(1)
        .map(row -> List.of(row.split("\t", -1)))
        .map(row -> DynamicTest.dynamicTest(row.getFirst(), () -> check(folder, columns, row)));
  }

  private static void check(Path folder, List<String> columns, List<String> row) {
    RecordingBus bus = Captures.replay(folder.resolve(row.getFirst()));
    CaptureStatistics figures = bus.last(CaptureStatistics.class);
    Map<String, Long> expected = new LinkedHashMap<>();
    for (int i = 1; i < columns.size(); i++) {
      expected.put(columns.get(i), Long.valueOf(row.get(i)));
    }
    Map<String, Long> counted = figures.figures();
    counted.keySet().retainAll(expected.keySet());
    System.out.println(row.getFirst() + " " + counted.values());
    assertThat(counted).isEqualTo(expected);
    assertThat(bus.all(ArpPacket.class)).hasSize((int) figures.arp());
    assertThat(bus.all(DnsQuery.class)).hasSize((int) figures.dns_query());
    assertThat(bus.all(DnsResponse.class)).hasSize((int) figures.dns_response());
    assertThat(bus.all(DhcpMessage.class)).hasSize((int) figures.dhcp());
    assertThat(bus.all(TlsClientHello.class)).hasSize((int) figures.tls_client_hello());
    assertThat(bus.events.getLast()).isInstanceOf(CaptureStopped.class);
    assertThat(bus.last(CaptureStopped.class).atEnd()).isTrue();
  }

  @TestFactory
  Stream<DynamicTest> shouldPassThroughHostilePackets() throws IOException {
    Path folder = Captures.folder().resolve("malformed");
    return Captures.files(folder).stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> survive(file)));
  }

  private static void survive(Path file) {
    RecordingBus bus = Captures.replay(file);
    assertThat(bus.all(CaptureFailed.class)).isEmpty();
    assertThat(bus.events.getLast()).isInstanceOf(CaptureStopped.class);
    assertThat(bus.last(CaptureStatistics.class).packets()).isPositive();
  }
}
