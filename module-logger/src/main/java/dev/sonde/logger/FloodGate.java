package dev.sonde.logger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Lets each source through as long as it is no flood: many at once, then a few each second (a
/// token bucket).
final class FloodGate {

  static final int AT_ONCE = 500;
  static final int EACH_SECOND = 20;

  private static final int MAX_SOURCES = 1_000;
  private static final long NANOS_EACH = 1_000_000_000L / EACH_SECOND;

  /// What happens to an item.
  enum Answer {
    /// It passes.
    OPEN,
    /// It does not, and is the first of its flood.
    CLOSING,
    /// It does not.
    CLOSED
  }

  private static final class Bucket {
    private int left = AT_ONCE;
    private long filledAt;
    private boolean closed;

    Bucket(long now) {
      filledAt = now;
    }

    void fill(long now) {
      long tokens = (now - filledAt) / NANOS_EACH;
      filledAt += tokens * NANOS_EACH;
      left = (int) Math.min(AT_ONCE, left + tokens);
      closed = closed && left < AT_ONCE;
    }
  }

  private final LongSupplier nanoClock;
  private long refused;

  /// The one that was quiet for longest goes first.
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MAX_SOURCES;
        }
      };

  FloodGate(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  synchronized Answer ask(String source) {
    long now = nanoClock.getAsLong();
    Bucket bucket = buckets.computeIfAbsent(source, name -> new Bucket(now));
    bucket.fill(now);
    if (bucket.left > 0) {
      bucket.left--;
      return Answer.OPEN;
    }
    refused++;
    boolean first = !bucket.closed;
    bucket.closed = true;
    return first ? Answer.CLOSING : Answer.CLOSED;
  }

  /// How many did not pass.
  synchronized long refused() {
    return refused;
  }
}
