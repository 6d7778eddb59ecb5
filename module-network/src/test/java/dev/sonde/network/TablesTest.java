package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.network.CaptureStatistics;
import org.junit.jupiter.api.Test;

class TablesTest {

  private static final CaptureStatistics FIGURES =
      new CaptureStatistics("pcap:a \"b\"\n\\c", 10, 600, 1, 2, 3, 4, 5, 6);

  @Test
  void shouldWriteFiguresAsJson() {
    assertThat(Tables.json(FIGURES))
        .isEqualTo(
            "{\"source\":\"pcap:a \\\"b\\\"\\u000a\\\\c\",\"packets\":10,\"bytes\":600,\"arp\":1,"
                + "\"dns_query\":2,\"dns_response\":3,\"parseErrors\":4,\"droppedByKernel\":5,"
                + "\"droppedByInterface\":6}");
  }

  @Test
  void shouldShowOneFigureALine() {
    assertThat(Tables.statistics(FIGURES).lines())
        .contains("packets            10", "dns_query          2");
  }
}
