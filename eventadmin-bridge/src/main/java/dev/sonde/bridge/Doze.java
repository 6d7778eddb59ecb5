package dev.sonde.bridge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Lets modules that are in no hurry sleep together until the next tick, whatever is published.
///
/// The first to sleep wakes the others, which costs next to nothing from a carrier; a timer for
/// each of them would cost as much as to be woken by publishers. While nobody sleeps there is no
/// timer.
final class Doze {

  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final AtomicReference<@Nullable Sleeper> last = new AtomicReference<>();

  private static final class Sleeper {
    private final Thread thread = Thread.currentThread();
    private @Nullable Sleeper before;
    private volatile boolean woken;
  }

  /// Sleeps until the next tick, a millisecond at most.
  void sleep() {
    Sleeper me = new Sleeper();
    do {
      me.before = last.get();
    } while (!last.compareAndSet(me.before, me));
    if (me.before == null) {
      awaitTick();
      wakeAll();
    }
    while (!me.woken) {
      LockSupport.park(this);
      // An interrupt means nothing here, and would keep the thread from waiting.
      var _ = Thread.interrupted();
    }
  }

  private void awaitTick() {
    long begin = System.nanoTime();
    long duration = TICK_NANOS - Math.floorMod(begin, TICK_NANOS);
    for (long left = duration; left > 0; left = duration - (System.nanoTime() - begin)) {
      LockSupport.parkNanos(this, left);
      var _ = Thread.interrupted();
    }
  }

  private void wakeAll() {
    Sleeper sleeper = last.getAndSet(null);
    while (sleeper != null) {
      // Read before it wakes; it does not come back as the same.
      Sleeper next = sleeper.before;
      sleeper.woken = true;
      LockSupport.unpark(sleeper.thread);
      sleeper = next;
    }
  }
}
