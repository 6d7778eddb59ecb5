package dev.sonde.bridge.eventadmin;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The couriers that have nothing to do; more are made when there is none.
final class Couriers {

  /// As many as this are at work only when handlers send from within handlers that were sent to,
  /// again and again. Then they call each other on their own threads.
  private static final int MAX_AT_WORK = 256;

  // Guarded by this.
  private final Deque<Courier> idle = new ArrayDeque<>();
  private int made;
  private int atWork;

  /// One that has nothing to do.
  ///
  /// @return null if as many are at work as may be
  synchronized @Nullable Courier take() {
    if (atWork >= MAX_AT_WORK) {
      return null;
    }
    atWork++;
    // The last that came back may still look for work.
    Courier last = idle.pollLast();
    return last == null ? new Courier(this, ++made) : last;
  }

  /// It has nothing to do any more.
  synchronized void add(Courier courier) {
    atWork--;
    idle.addLast(courier);
  }

  /// It ends.
  ///
  /// @return false if it is needed
  synchronized boolean remove(Courier courier) {
    return idle.remove(courier);
  }
}
