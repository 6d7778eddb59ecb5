package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.network.CaptureStatistics;
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
  void shouldShowOneFigureALine() {
    assertThat(Tables.statistics(FIGURES).lines())
        .contains("packets                    10", "dns_query                  2");
  }
}
