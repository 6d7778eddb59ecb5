package dev.sonde.bridge;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Wakes the threads of modules, at the price of one for many.
///
/// To wake a virtual thread from outside its scheduler costs microseconds, which is more than a
/// hundred deliveries. So whoever publishes wakes the first itself and leaves the others in a
/// chain; the one that was woken passes on to them what it can do cheaply from a carrier. While it
/// is on its way, further ones only join the chain. Threads that are not virtual never join: they
/// must not wait for a carrier.
final class WakeChain {

  private static final VarHandle FIRST = Fields.of(MethodHandles.lookup(), "first", Agenda.class);

  private final Runnable onWake;
  private volatile @Nullable Agenda first;

  /// @param onWake called whenever a virtual thread is about to be woken
  WakeChain(Runnable onWake) {
    this.onWake = onWake;
  }

  /// Wakes a thread that is known to wait, and that nobody else wakes.
  void wake(Agenda sleeper) {
    onWake.run();
    Agenda next;
    do {
      next = first;
      sleeper.wakesNext = next;
    } while (!FIRST.compareAndSet(this, next, sleeper));
    if (next == null) {
      sleeper.nudge();
    }
  }

  /// A thread woke by itself, for a timer.
  void woke() {
    onWake.run();
  }

  /// Wakes all that wait in the chain. Called by every thread that was woken.
  void passOn() {
    if (first == null) {
      return;
    }
    Agenda sleeper = (Agenda) FIRST.getAndSet(this, (Agenda) null);
    while (sleeper != null) {
      // Read before it wakes: it may join the chain again at once.
      Agenda next = sleeper.wakesNext;
      sleeper.wakesNext = null;
      sleeper.unpark();
      sleeper = next;
    }
  }
}
