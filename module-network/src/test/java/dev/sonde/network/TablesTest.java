package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.sonde.event.network.CaptureStatistics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesTest {

  private static final CaptureStatistics FIGURES =
      CaptureStatistics.of("pcap:a \"b\"\n\\c", Map.of("packets", 10L, "dns_query", 2L));

  @Test
  void shouldWriteFiguresAsJson() {
    assertThat(Tables.json(FIGURES))
        .startsWith(
            "{\"source\":\"pcap:a \\\"b\\\"\\u000a\\\\c\",\"packets\":10,\"arp\":0,\"dns_query\":2,")
        .endsWith(",\"droppedByUs\":0}");
  }

  @Test
  void shouldShowHowACaptureGoes() {
    Capture missing =
        Captures.of(Captures.config("pcap:nosuch.pcap", "", "max"), new RecordingBus(false));
    assertThat(Tables.captures(List.of(missing))).contains("opening");
    missing.run();

    assertThat(Tables.captures(List.of(missing)).lines())
        .element(1, STRING)
        .startsWith("pcap:nosuch.pcap")
        .endsWith("0  failed");
    assertThat(Tables.captures(List.of(missing))).contains("\n    There is no file nosuch.pcap\n");
  }

  @Test
  void shouldShowOneFigureALine() {
    assertThat(Tables.statistics(FIGURES).lines())
        .contains("packets                    10", "dns_query                  2");
  }
}
