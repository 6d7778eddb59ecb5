package dev.sonde.ui;

import dev.sonde.event.module.EventsMissed;
import dev.sonde.event.network.CaptureStatistics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The figures of what is captured now; when nothing is, of what was captured last. Lives on the
/// module's thread.
final class Traffic {

  /// More captures than this do not run at once, and more subscriptions do not lose events.
  private static final int MOST = 64;

  private final Map<String, Capture> captures = new LinkedHashMap<>();
  private final Map<String, Long> missed = new LinkedHashMap<>();
  private final RateHistory history = new RateHistory();
  private String problem = "";

  /// A capture began. Those that have ended make room for it.
  ///
  /// @param source which
  /// @param at when
  /// @param retained whether this was before the screen began to listen; what was told then of
  ///     other captures may have ended since
  void started(String source, Instant at, boolean retained) {
    if (retained) {
      captures.clear();
    }
    captures.values().removeIf(Capture::ended);
    problem = "";
    put(source, new Capture(zero(source), at, false));
  }

  /// New figures of a capture.
  ///
  /// @param statistics since it began
  /// @param at when they were published
  void count(CaptureStatistics statistics, Instant at) {
    String source = statistics.source();
    Capture before =
        captures.getOrDefault(source, new Capture(zero(source), at.minusSeconds(1), false));
    long packets = statistics.packets() - before.figures.packets();
    history.add(packets < 0 ? statistics.packets() : packets, before.at, at);
    put(source, new Capture(statistics, at, before.ended));
  }

  /// A capture ended.
  ///
  /// @param source which
  void ended(String source) {
    captures.computeIfPresent(source, (key, last) -> new Capture(last.figures, last.at, true));
    if (isRunning()) {
      captures.values().removeIf(Capture::ended);
    }
  }

  /// A capture could not begin, or broke off.
  ///
  /// @param source which
  /// @param why in words for the user
  void failed(String source, String why) {
    ended(source);
    problem = why;
  }

  /// A capture waits for its interface.
  ///
  /// @param why in words for the user
  void interrupted(String why) {
    problem = why;
  }

  /// A capture goes on.
  void resumed() {
    problem = "";
  }

  /// A subscription lost events.
  ///
  /// @param event which, and how many
  void lost(EventsMissed event) {
    missed.put(event.name() + " " + event.subscription(), event.missedInAll());
    dropOldest(missed);
  }

  /// The figures of all shown captures together.
  ///
  /// @return the sums; their source names the captures, and is empty if there was none yet
  CaptureStatistics total() {
    CaptureStatistics sum = zero(String.join("+", sources()));
    for (Capture capture : captures.values()) {
      sum = sum(sum, capture.figures);
    }
    return sum;
  }

  /// Whether any capture runs.
  ///
  /// @return false once all have ended
  boolean isRunning() {
    return captures.values().stream().anyMatch(capture -> !capture.ended);
  }

  /// Why the last capture failed or waits.
  ///
  /// @return empty if it does not
  String problem() {
    return problem;
  }

  /// How many events all subscriptions of the device missed.
  ///
  /// @return a sum since they began
  long missed() {
    return missed.values().stream().mapToLong(Long::longValue).sum();
  }

  RateHistory history() {
    return history;
  }

  private List<String> sources() {
    return List.copyOf(captures.keySet());
  }

  private void put(String source, Capture capture) {
    captures.put(source, capture);
    dropOldest(captures);
  }

  private static void dropOldest(Map<String, ?> map) {
    if (map.size() > MOST) {
      map.remove(map.keySet().iterator().next());
    }
  }

  private static CaptureStatistics zero(String source) {
    return CaptureStatistics.of(source, Map.of());
  }

  private static CaptureStatistics sum(CaptureStatistics a, CaptureStatistics b) {
    Map<String, Long> sums = a.figures();
    b.figures().forEach((name, figure) -> sums.merge(name, figure, Long::sum));
    return CaptureStatistics.of(a.source(), sums);
  }

  private record Capture(CaptureStatistics figures, Instant at, boolean ended) {}
}
