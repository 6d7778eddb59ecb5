package dev.sonde.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;

/// When a module failed of late, by a clock that does not jump.
final class RecentFailures {

  private final ArrayDeque<Long> nanos = new ArrayDeque<>();

  /// One more.
  ///
  /// @return how many there were within the window, this one included
  synchronized int add(long nowNanos, Duration window) {
    nanos.add(nowNanos);
    nanos.removeIf(failure -> nowNanos - failure > window.toNanos());
    return nanos.size();
  }

  /// Begins anew.
  synchronized void clear() {
    nanos.clear();
  }
}
