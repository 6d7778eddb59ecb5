package dev.sonde.network;

import dev.sonde.event.network.NetworkAlert;
import dev.sonde.event.network.NetworkAlert.Kind;
import dev.sonde.event.network.NetworkAlert.Severity;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/// Tells alerts, not too many: one a minute about the same subject, and a few a minute of each
/// kind. Minutes are those of the packets.
final class Alerts {

  static final int MOST_OF_A_KIND_A_MINUTE = 6;

  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

  private final Findings findings;
  private final Rows<Subject, Long> told;
  private final Map<Kind, Budget> budgets = new EnumMap<>(Kind.class);

  Alerts(Findings findings) {
    this.findings = findings;
    this.told = findings.table();
  }

  /// Tells one, or counts it for the next one.
  ///
  /// @param now in the time of the packets
  /// @param subject whom it is about
  /// @param detail what was seen; asked only if it is told
  void raise(Kind kind, Severity severity, long now, String subject, Supplier<String> detail) {
    Budget budget = budgets.computeIfAbsent(kind, _ -> new Budget());
    Subject key = new Subject(kind, subject);
    Long last = told.get(key);
    if ((last != null && isWithinAMinute(last, now)) || !budget.take(now)) {
      budget.suppressed++;
      return;
    }
    told.put(key, now);
    findings.tell(
        new NetworkAlert(
            findings.source(),
            Frame.instant(now),
            kind,
            severity,
            subject,
            detail.get(),
            budget.suppressed));
    budget.suppressed = 0;
  }

  private static boolean isWithinAMinute(long then, long now) {
    return now >= then && now - then < MINUTE_NANOS;
  }

  private record Subject(Kind kind, String subject) {}

  /// What may still be told of one kind in this minute.
  private static final class Budget {

    private long minuteBegan;
    private int told;
    private long suppressed;

    private boolean take(long now) {
      if (!isWithinAMinute(minuteBegan, now)) {
        minuteBegan = now;
        told = 0;
      }
      return told++ < MOST_OF_A_KIND_A_MINUTE;
    }
  }
}
