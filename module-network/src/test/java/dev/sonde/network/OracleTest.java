package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.network.ArpPacket;
import dev.sonde.event.network.CaptureFailed;
import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.event.network.CaptureStopped;
import dev.sonde.event.network.DnsQuery;
import dev.sonde.event.network.DnsResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    System.out.printf("%-46s %7s %5s %5s %5s%n", "file", "packets", "arp", "query", "resp");
    return rows.stream()
        .skip(1)
        .map(row -> List.of(row.split("\t", -1)))
        .map(row -> DynamicTest.dynamicTest(row.getFirst(), () -> check(folder, columns, row)));
  }

  private static void check(Path folder, List<String> columns, List<String> row) {
    RecordingBus bus = Captures.replay(folder.resolve(row.getFirst()));
    CaptureStatistics figures = bus.last(CaptureStatistics.class);
    System.out.printf(
        "%-46s %7d %5d %5d %5d%n",
        row.getFirst(),
        figures.packets(),
        figures.arp(),
        figures.dns_query(),
        figures.dns_response());
    assertThat(figures.packets()).isEqualTo(expected("packets", columns, row));
    assertThat(figures.arp()).isEqualTo(expected("arp", columns, row));
    assertThat(figures.dns_query()).isEqualTo(expected("dns_query", columns, row));
    assertThat(figures.dns_response()).isEqualTo(expected("dns_response", columns, row));
    assertThat(bus.all(ArpPacket.class)).hasSize((int) figures.arp());
    assertThat(bus.all(DnsQuery.class)).hasSize((int) figures.dns_query());
    assertThat(bus.all(DnsResponse.class)).hasSize((int) figures.dns_response());
    assertThat(bus.events.getLast()).isInstanceOf(CaptureStopped.class);
    assertThat(bus.last(CaptureStopped.class).atEnd()).isTrue();
  }

  private static long expected(String column, List<String> columns, List<String> row) {
    return Long.parseLong(row.get(columns.indexOf(column)));
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
