package dev.sonde.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.module.EventsMissed;
import dev.sonde.event.network.CaptureStatistics;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrafficTest {

  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  private final Traffic traffic = new Traffic();

  @Test
  void shouldShowTheFiguresOfTheCapture() {
    traffic.started("sample", START, false);
    traffic.count(figures("sample", 100), START.plusSeconds(1));
    traffic.count(figures("sample", 250), START.plusSeconds(2));

    assertThat(traffic.total()).isEqualTo(figures("sample", 250));
    assertThat(traffic.history().rate(START.plusSeconds(2))).isEqualTo(150);
    assertThat(traffic.isRunning()).isTrue();
  }

  @Test
  void shouldAddUpCapturesThatRunAtOnce() {
    traffic.started("live:eth0", START, false);
    traffic.started("live:wlan0", START, false);
    traffic.count(figures("live:eth0", 100), START.plusSeconds(1));
    traffic.count(figures("live:wlan0", 11), START.plusSeconds(1));

    assertThat(traffic.total()).isEqualTo(figures("live:eth0+live:wlan0", 111));
  }

  @Test
  void shouldKeepTheFiguresOfTheLastCaptureUntilTheNextBegins() {
    traffic.started("pcap:a", START, false);
    traffic.count(figures("pcap:a", 100), START.plusSeconds(1));
    traffic.ended("pcap:a");
    assertThat(traffic.total().packets()).isEqualTo(100);
    assertThat(traffic.isRunning()).isFalse();

    traffic.started("pcap:b", START.plusSeconds(5), false);
    assertThat(traffic.total()).isEqualTo(figures("pcap:b", 0));
  }

  @Test
  void shouldCountFromZeroWhenACaptureStartsAgain() {
    traffic.started("pcap:a", START, false);
    traffic.count(figures("pcap:a", 1_000), START.plusSeconds(1));
    traffic.ended("pcap:a");
    traffic.started("pcap:a", START.plusSeconds(9), false);
    traffic.count(figures("pcap:a", 30), START.plusSeconds(10));

    assertThat(traffic.total().packets()).isEqualTo(30);
    assertThat(traffic.history().rate(START.plusSeconds(10))).isEqualTo(30);
  }

  @Test
  void shouldTakeFallingFiguresForANewBeginning() {
    traffic.count(figures("live:eth0", 1_000), START);
    traffic.count(figures("live:eth0", 7), START.plusSeconds(1));

    assertThat(traffic.history().rate(START.plusSeconds(1))).isEqualTo(7);
  }

  @Test
  void shouldBelieveOnlyTheNewestOfTheCapturesToldAfterwards() {
    traffic.started("pcap:old", START, true);
    traffic.count(figures("pcap:old", 999), START);
    traffic.started("live:eth0", START, true);
    traffic.count(figures("live:eth0", 5), START);

    assertThat(traffic.total()).isEqualTo(figures("live:eth0", 5));
  }

  @Test
  void shouldTellWhyACaptureFailedUntilOneBegins() {
    traffic.failed("live:wlan9", "no such interface");
    assertThat(traffic.problem()).isEqualTo("no such interface");
    traffic.started("sample", START, false);
    assertThat(traffic.problem()).isEmpty();
  }

  @Test
  void shouldTellForWhatACaptureWaitsWhileItGoesOnCounting() {
    traffic.started("live:eth0", START, false);
    traffic.interrupted("The interface eth0 is down");
    assertThat(traffic.problem()).isEqualTo("The interface eth0 is down");
    assertThat(traffic.isRunning()).isTrue();
    traffic.resumed();
    assertThat(traffic.problem()).isEmpty();
  }

  @Test
  void shouldAddUpWhatSubscriptionsMissed() {
    traffic.lost(new EventsMissed("logger", "all", 5, 5));
    traffic.lost(new EventsMissed("logger", "all", 3, 8));
    traffic.lost(new EventsMissed("valve", "names", 2, 2));

    assertThat(traffic.missed()).isEqualTo(10);
  }

  @Test
  void shouldStayBoundedWhateverIsHeard() {
    for (int i = 0; i < 1_000; i++) {
      traffic.count(figures("live:eth" + i, 1), START);
      traffic.lost(new EventsMissed("m" + i, "s", 1, 1));
    }
    assertThat(traffic.total().packets()).isEqualTo(64);
    assertThat(traffic.missed()).isEqualTo(64);
  }

  private static CaptureStatistics figures(String source, long packets) {
    return CaptureStatistics.of(source, Map.of("packets", packets));
  }
}
