package dev.sonde.logger;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Folds bursts: of one module's events on one topic, the first few of a second are shown, and one
/// line at its end stands for the others.
final class Bursts {

  /// How long a burst is looked at.
  static final Duration WINDOW = Duration.ofSeconds(1);

  /// A flood of topics is no reason to keep them all.
  private static final int MAX_WINDOWS = 1_000;

  private final LongSupplier nanoClock;
  private final Shown folded;
  private final Map<Key, Window> windows = new HashMap<>();
  private int limit;

  /// Shows what was folded.
  @FunctionalInterface
  interface Shown {
    /// @param last the last one that was not shown
    /// @param count all of the burst, shown or not
    void fold(Heard last, int count);
  }

  private record Key(String topic, String module) {}

  private static final class Window {
    final long began;
    int count;
    @Nullable Heard last;

    Window(long began) {
      this.began = began;
    }
  }

  Bursts(LongSupplier nanoClock, Shown folded) {
    this.nanoClock = nanoClock;
    this.folded = folded;
  }

  /// How many of a second are shown; 0 for all.
  void use(int newLimit) {
    limit = newLimit;
  }

  /// Whether to show this one; what is not shown is counted, until [#close].
  boolean admit(Heard heard) {
    if (limit == 0) {
      return true;
    }
    Window window = window(new Key(heard.topic(), heard.module()));
    window.count++;
    if (window.count <= limit) {
      return true;
    }
    window.last = heard;
    return false;
  }

  private Window window(Key key) {
    long now = nanoClock.getAsLong();
    Window present = windows.get(key);
    if (present != null && now - present.began < WINDOW.toNanos()) {
      return present;
    }
    if (present != null || windows.size() >= MAX_WINDOWS) {
      closeBefore(windows.size() >= MAX_WINDOWS ? Long.MAX_VALUE : now - WINDOW.toNanos());
    }
    Window begun = new Window(now);
    windows.put(key, begun);
    return begun;
  }

  /// Shows the bursts whose second is over.
  void close() {
    closeBefore(nanoClock.getAsLong() - WINDOW.toNanos());
  }

  /// Shows all.
  void closeAll() {
    closeBefore(Long.MAX_VALUE);
  }

  private void closeBefore(long end) {
    for (Iterator<Window> each = windows.values().iterator(); each.hasNext(); ) {
      Window window = each.next();
      if (end == Long.MAX_VALUE || window.began - end <= 0) {
        each.remove();
        if (window.last != null) {
          folded.fold(window.last, window.count);
        }
      }
    }
  }

  /// Whether something was counted that is still to be shown.
  boolean isOpen() {
    return windows.values().stream().anyMatch(window -> window.last != null);
  }
}
