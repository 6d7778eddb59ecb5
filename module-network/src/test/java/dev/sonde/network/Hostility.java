package dev.sonde.network;

import dev.sonde.event.network.NetworkEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/// Meets hostile packets with one dissector that keeps its state over all of them, and notes what
/// must not be: exceptions that escape, packets that take long.
final class Hostility {

  private static final long SLOW_NANOS = 50_000_000;
  private static final long PACKET_APART_NANOS = 3_000_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Statistics statistics = new Statistics("hostile");
  private final TreeMap<String, Long> events = new TreeMap<>();
  private final List<String> escaped = new ArrayList<>();
  private final List<String> slow = new ArrayList<>();
  private final Dissector dissector;
  private final Frame frame = new Frame();
  private long nowNanos = 1_700_000_000_000_000_000L;
  private long longestNanos;
  private long repeated;

  /// @param rows of each table of state
  Hostility(int rows) {
    Findings findings = new Findings("hostile", statistics, this::count, rows);
    dissector =
        new Dissector(findings, Heard.LOST_AFTER.toNanos()) {
          @Override
          void unreadable(Throwable why) {
            super.unreadable(why);
            note(why);
          }
        };
  }

  /// Whatever is not about the packet is a fault, though it is caught and counted.
  private void note(Throwable why) {
    if (!(why instanceof TruncatedException || why instanceof IllegalArgumentException)) {
      StackTraceElement[] stack = why.getStackTrace();
      escaped.add(why + (stack.length == 0 ? "" : " in " + stack[0]));
    }
  }

  /// Shows and compares each event, as a logger does: text of others must not break that.
  private void count(NetworkEvent event) {
    if (event.toString().isEmpty() || !event.equals(event)) {
      throw new IllegalStateException("An event that can not be shown");
    }
    events.merge(event.getClass().getSimpleName(), 1L, Long::sum);
  }

  /// CPU time, since the machine may be busy with others. A processor that others share may be
  /// taken away without this time's noticing, so what was slow once is tried again: what takes long
  /// by itself does so each time.
  void meet(int linkType, byte[] data, int length) {
    nowNanos += PACKET_APART_NANOS;
    frame.over(data, 0, length);
    long took = dissect(linkType, data, length);
    for (int again = 0; took > SLOW_NANOS && again < 3; again++) {
      took = Math.min(took, dissect(linkType, data, length));
      repeated++;
    }
    longestNanos = Math.max(longestNanos, took);
    if (took > SLOW_NANOS) {
      slow.add(took / 1_000_000 + " ms for " + shown(linkType, data, length));
    }
  }

  private long dissect(int linkType, byte[] data, int length) {
    long began = THREADS.getCurrentThreadCpuTime();
    try {
      dissector.dissect(frame.described(nowNanos, linkType, length));
    } catch (RuntimeException | Error e) {
      escaped.add(e + " at " + shown(linkType, data, length));
    }
    return THREADS.getCurrentThreadCpuTime() - began;
  }

  private static String shown(int linkType, byte[] data, int length) {
    return "link type " + linkType + " " + HexFormat.of().formatHex(data, 0, length);
  }

  void finish() {
    dissector.finish();
  }

  long packets() {
    return statistics.get(Counter.PACKETS) - repeated;
  }

  List<String> escaped() {
    return escaped;
  }

  List<String> slow() {
    return slow;
  }

  @Override
  public String toString() {
    return "%d mutated, %d parse errors, %d rows evicted, longest %.1f ms, events %s"
        .formatted(
            packets(),
            statistics.get(Counter.PARSE_ERRORS),
            statistics.get(Counter.EVICTED),
            longestNanos / 1e6,
            events);
  }
}
