package dev.sonde.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Rows of state, bounded: whatever packets claim, the row that was used least recently goes when
/// there is no room, and is counted.
///
/// @param <K> what rows are found by; a key that is only looked up may be reused
/// @param <V> a row
final class Rows<K, V> {

  private final LinkedHashMap<K, V> rows = new LinkedHashMap<>(16, 0.75f, true);
  private final int most;
  private final Runnable evicted;

  /// @param most rows, 1 or more
  /// @param evicted called for each row that had to make room
  Rows(int most, Runnable evicted) {
    this.most = most;
    this.evicted = evicted;
  }

  /// A row, which counts as a use of it.
  @Nullable V get(K key) {
    return rows.get(key);
  }

  /// Puts a row.
  ///
  /// @return the row that had to make room, if one had
  @Nullable V put(K key, V row) {
    rows.put(key, row);
    if (rows.size() <= most) {
      return null;
    }
    evicted.run();
    return removeEldest();
  }

  void remove(K key) {
    rows.remove(key);
  }

  int size() {
    return rows.size();
  }

  Iterable<V> all() {
    return rows.values();
  }

  /// Takes rows away, those first that were used least recently, until one is not over.
  void expire(Predicate<V> over, Consumer<V> taken) {
    Map.Entry<K, V> eldest = rows.firstEntry();
    while (eldest != null && over.test(eldest.getValue())) {
      taken.accept(removeEldest());
      eldest = rows.firstEntry();
    }
  }

  private V removeEldest() {
    return rows.pollFirstEntry().getValue();
  }
}
