package dev.sonde.bridge;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BooleanSupplier;
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
  private final Linger linger = new Linger();
  private volatile @Nullable Agenda first;

  /// @param onWake called whenever a virtual thread is about to be woken
  WakeChain(Runnable onWake) {
    this.onWake = onWake;
  }

  /// Wakes a thread that is known to wait, and that nobody else wakes.
  void wake(Agenda sleeper) {
    onWake.run();
    linger.rose();
    if (join(sleeper)) {
      sleeper.nudge();
    }
  }

  /// Puts a thread into the chain.
  ///
  /// @return whether it has to be nudged, because nobody is on the way who passes on to it
  boolean join(Agenda sleeper) {
    Agenda next;
    do {
      next = first;
      sleeper.wakesNext = next;
    } while (!FIRST.compareAndSet(this, next, sleeper));
    return next == null && !linger.isLooking();
  }

  /// A thread is awake without having been woken.
  void rose() {
    onWake.run();
    linger.rose();
  }

  /// A thread is about to park.
  void rests() {
    linger.rests();
  }

  /// A thread was parked for so long.
  void parkedFor(long nanos) {
    linger.parkedFor(nanos);
  }

  /// Whether more than one thread is awake.
  boolean isCrowded() {
    return linger.isCrowded();
  }

  /// Lets a thread look for work before it parks, if it is alone.
  ///
  /// @return whether it found some
  boolean lingers(BooleanSupplier hasWork) {
    boolean found = linger.findsWork(() -> first != null || hasWork.getAsBoolean());
    // Whoever joined before it ceased to look may have left the rest to it.
    VarHandle.fullFence();
    passOn();
    return found;
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
