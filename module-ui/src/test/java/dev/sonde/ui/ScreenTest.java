package dev.sonde.ui;

import static dev.sonde.ui.Samples.query;
import static dev.sonde.ui.Samples.response;
import static dev.sonde.ui.Samples.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.event.input.Key;
import dev.sonde.event.module.EventsMissed;
import dev.sonde.event.module.ModuleState;
import dev.sonde.event.network.CaptureStatistics;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private static final Instant START = Instant.parse("2026-11-20T12:34:10Z");

  private final Traffic traffic = new Traffic();
  private final Names names = new Names();
  private final ModulesView modules = new ModulesView();
  private final Screen screen =
      new Screen(
          List.of(new TrafficView(traffic, names), new NamesView(names), modules), ZoneOffset.UTC);

  @Test
  void shouldShowThatNothingWasHeardYet() {
    Golden.assertDrawn("empty-traffic", screen.frame(START));
    screen.press(Key.DOWN);
    Golden.assertDrawn("empty-dns", screen.frame(START));
    screen.press(Key.DOWN);
    Golden.assertDrawn("empty-modules", screen.frame(START));
  }

  @Test
  void shouldShowTraffic() {
    Golden.assertDrawn("traffic", screen.frame(busy("pcap:/captures/office-lan.pcapng", 1)));
  }

  @Test
  void shouldShowGreatFiguresWithoutOverlap() {
    traffic.lost(new EventsMissed("logger", "all", 1, 123_456));
    Golden.assertDrawn("traffic-flood", screen.frame(busy("live:wlan0mon-very-long", 123_456)));
  }

  @Test
  void shouldShowWhyNothingIsCaptured() {
    traffic.failed("live:eth9", "no interface eth9");
    Golden.assertDrawn("traffic-failed", screen.frame(START));
  }

  @Test
  void shouldShowNamesAndTurnThePages() {
    for (int i = 0; i < 9; i++) {
      names.hear(query("host" + i + ".example", i % 2 == 0 ? "A" : "AAAA"));
    }
    names.hear(response("host8.example", "A", "NOERROR"));
    names.hear(query("a-very-long-name.of-a-content-network.example.org", "HTTPS"));
    names.hear(query("typo.example", "A"));
    names.hear(response("typo.example", "A", "NXDOMAIN"));
    screen.show("dns");
    Golden.assertDrawn("dns", screen.frame(START));

    assertThat(screen.press(Key.RIGHT)).isTrue();
    Golden.assertDrawn("dns-page-2", screen.frame(START));
    assertThat(screen.press(Key.RIGHT)).as("there is no third page").isFalse();
    assertThat(screen.press(Key.LEFT)).isTrue();
    assertThat(screen.press(Key.LEFT)).isFalse();
  }

  @Test
  void shouldShowModulesAndTheirStates() {
    modules.hear(state("logger", ModuleState.STARTING));
    modules.hear(state("logger", ModuleState.ACTIVE));
    modules.hear(state("network", ModuleState.DEGRADED));
    modules.hear(state("hardware", ModuleState.STOPPED));
    modules.hear(state("valve", ModuleState.FAILED));
    modules.hear(state("com.acme.a-module-with-a-long-name", ModuleState.QUARANTINED));
    modules.hear(state("ui", ModuleState.STARTING));
    screen.show("modules");
    Golden.assertDrawn("modules", screen.frame(START));
  }

  @Test
  void shouldGoFromViewToViewAndBack() {
    Frame first = screen.frame(START);
    assertThat(screen.press(Key.BACK)).isFalse();
    assertThat(screen.press(Key.UP)).isTrue();
    Frame last = screen.frame(START);
    assertThat(last).isNotEqualTo(first);
    assertThat(screen.press(Key.DOWN)).isTrue();
    assertThat(screen.frame(START)).isEqualTo(first);
    screen.press(Key.DOWN);
    assertThat(screen.press(Key.BACK)).isTrue();
    assertThat(screen.frame(START)).isEqualTo(first);
    assertThat(screen.press(Key.OK)).isFalse();
  }

  @Test
  void shouldDrawOnlyWhenSomethingChanged() {
    Frame before = screen.frame(START);
    assertThat(screen.frame(START.plusSeconds(49))).isSameAs(before);

    names.hear(query("a.example", "A"));
    screen.changed();
    Frame after = screen.frame(START.plusSeconds(49));
    assertThat(after).isNotEqualTo(before);
    assertThat(screen.frame(START.plusSeconds(49))).isSameAs(after);
  }

  @Test
  void shouldDrawAnewWhenTheMinuteIsOver() {
    Frame before = screen.frame(START);

    assertThat(screen.trueUntil()).isEqualTo(Instant.parse("2026-11-20T12:35:00Z"));
    assertThat(screen.frame(START.plusSeconds(50))).isNotEqualTo(before);
  }

  @Test
  void shouldMoveTheCurveEachSecondWhileItHasSomethingToShow() {
    Instant now = busy("sample", 1);
    screen.frame(now);
    assertThat(screen.trueUntil()).isBeforeOrEqualTo(now.plusSeconds(1));

    Instant later = now.plusSeconds(100);
    screen.frame(later);
    assertThat(screen.trueUntil()).isAfter(later.plusSeconds(1));
  }

  @Test
  void shouldDrawAnewWhenTheClockIsSetBack() {
    Frame before = screen.frame(START);

    assertThat(screen.frame(START.minusSeconds(3_600))).isNotEqualTo(before);
  }

  /// Forty seconds that swell and ebb.
  private Instant busy(String source, long factor) {
    traffic.started(source, START, false);
    names.hear(query("www.example.org", "A"));
    long packets = 0;
    Instant at = START;
    for (int second = 1; second <= 40; second++) {
      at = START.plusSeconds(second).plusMillis(300);
      packets += factor * (20 + (second * second * 13 % 97));
      traffic.count(figures(source, packets), at);
    }
    return at;
  }

  private static CaptureStatistics figures(String source, long packets) {
    return CaptureStatistics.of(
        source,
        Map.of(
            "packets", packets,
            "bytes", packets * 100,
            "arp", packets / 9,
            "dns_query", packets / 4,
            "dns_response", packets / 5));
  }
}
