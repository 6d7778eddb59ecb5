package dev.sonde.network;

import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.network.PacketSource.Drops;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// The figures of one capture. The capture's thread counts; any thread may look.
final class Statistics {

  private final String source;
  private final Map<Counter, AtomicLong> counts = new EnumMap<>(Counter.class);
  private volatile Drops drops = Drops.NONE;

  Statistics(String source) {
    this.source = source;
    for (Counter counter : Counter.values()) {
      counts.put(counter, new AtomicLong());
    }
  }

  /// Counts a frame that the source delivered: once, before anything else looks at it.
  void frame(int bytes) {
    count(Counter.PACKETS);
    of(Counter.BYTES).addAndGet(bytes);
  }

  void count(Counter counter) {
    of(counter).incrementAndGet();
  }

  void drops(Drops sinceBegin) {
    drops = sinceBegin;
  }

  long get(Counter counter) {
    return of(counter).get();
  }

  private AtomicLong of(Counter counter) {
    return Objects.requireNonNull(counts.get(counter));
  }

  CaptureStatistics snapshot() {
    Drops lost = drops;
    return new CaptureStatistics(
        source,
        get(Counter.PACKETS),
        get(Counter.BYTES),
        get(Counter.ARP),
        get(Counter.DNS_QUERY),
        get(Counter.DNS_RESPONSE),
        get(Counter.PARSE_ERRORS),
        lost.byKernel(),
        lost.byInterface());
  }
}
