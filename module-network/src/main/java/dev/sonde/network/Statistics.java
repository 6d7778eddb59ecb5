package dev.sonde.network;

import dev.sonde.event.network.CaptureStatistics;
import dev.sonde.network.PacketSource.Drops;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/// The figures of one capture. The capture's thread counts; any thread may look.
final class Statistics {

  private static final Counter[] COUNTERS = Counter.values();

  private final String source;
  private final AtomicLongArray counts = new AtomicLongArray(COUNTERS.length);
  private volatile Drops drops = Drops.NONE;

  Statistics(String source) {
    this.source = source;
  }

  /// Counts a frame that the source delivered: once, before anything else looks at it.
  void frame(int bytes) {
    count(Counter.PACKETS);
    add(Counter.BYTES, bytes);
  }

  void count(Counter counter) {
    add(counter, 1);
  }

  /// Without a locked instruction, since only one thread counts.
  private void add(Counter counter, long more) {
    int index = index(counter);
    counts.setRelease(index, counts.getPlain(index) + more);
  }

  /// The counters stay within this class: no file or event depends on their order.
  @SuppressWarnings("EnumOrdinal")
  private static int index(Counter counter) {
    return counter.ordinal();
  }

  void drops(Drops sinceBegin) {
    drops = sinceBegin;
  }

  long get(Counter counter) {
    return counts.getAcquire(index(counter));
  }

  CaptureStatistics snapshot() {
    Map<String, Long> figures = new LinkedHashMap<>();
    for (Counter counter : COUNTERS) {
      figures.put(counter.figure(), get(counter));
    }
    Drops lost = drops;
    figures.put("droppedByKernel", lost.byKernel());
    figures.put("droppedByInterface", lost.byInterface());
    return CaptureStatistics.of(source, figures);
  }
}
