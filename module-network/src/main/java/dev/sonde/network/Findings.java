package dev.sonde.network;

import dev.sonde.event.network.NetworkEvent;
import java.util.function.Consumer;

/// Where what is found in the frames of one capture goes.
///
/// @param source names the capture in events
/// @param statistics where frames and kinds are counted
/// @param events takes what is told
/// @param rows how many rows each table of state may have
record Findings(
    String source, Statistics statistics, Consumer<? super NetworkEvent> events, int rows) {

  void tell(NetworkEvent event) {
    events.accept(event);
  }

  void count(Counter counter) {
    statistics.count(counter);
  }

  /// A table that is bounded and counts what it evicts.
  <K, V> Rows<K, V> table() {
    return table(rows);
  }

  /// A table of at most so many rows, fewer where tables are smaller.
  <K, V> Rows<K, V> table(int most) {
    return new Rows<>(Math.min(most, rows), () -> count(Counter.EVICTED));
  }
}
