package dev.sonde.bridge;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/// Lets a module that is alone in being awake look for work a few microseconds longer before it
/// parks, as long as that pays.
///
/// A module that keeps up with a fast publisher would else park and be woken every few events, at
/// the price of hundreds of deliveries. It looks only now and then: reading what is written at this
/// very moment slows the publisher down, and what came in between is handled without that.
/// Meanwhile it sees to it that others wake, so that publishers need not. When nothing came, the
/// time is halved until it is nothing; it is back when a module had to be woken shortly after it
/// had parked.
final class Linger {

  /// About what it costs to park and be woken.
  private static final long LONGEST_NANOS = TimeUnit.MICROSECONDS.toNanos(32);

  private static final long STEP_NANOS = LONGEST_NANOS / 2;

  /// Who was parked for less was woken at once: the waking itself takes most of that.
  private static final long SHORTLY_NANOS = 2 * LONGEST_NANOS;

  /// Where there is but one processor, the publisher needs it.
  private static final boolean PAYS = Runtime.getRuntime().availableProcessors() > 1;

  private final AtomicLong risen = new AtomicLong();
  private final AtomicLong rested = new AtomicLong();
  private volatile long risenBefore;
  private volatile boolean looking;
  private volatile long nanos;

  /// A module's thread is awake, or is about to be.
  void rose() {
    risen.getAndIncrement();
  }

  /// It is not any more.
  void rests() {
    rested.getAndIncrement();
  }

  /// Whether more than one is awake.
  boolean isCrowded() {
    return risen.get() - rested.get() > 1;
  }

  /// Whether somebody looks for work at this moment.
  boolean isLooking() {
    return looking;
  }

  /// A thread was woken that had been parked for so long.
  void parkedFor(long parkedNanos) {
    if (nanos == 0 && parkedNanos < SHORTLY_NANOS && PAYS) {
      nanos = LONGEST_NANOS;
    }
  }

  /// Looks for work for a while, if the calling thread is alone in being awake, and was so since
  /// this was last called. What came to rely on that while it did must be looked at afterwards.
  ///
  /// @return whether there is work
  boolean findsWork(BooleanSupplier hasWork) {
    boolean alone = !isCrowded() && risen.get() - risenBefore <= 1;
    risenBefore = risen.get();
    long duration = nanos;
    if (!alone || duration == 0) {
      return false;
    }
    looking = true;
    boolean found = look(hasWork, duration);
    looking = false;
    if (!found) {
      nanos = duration > STEP_NANOS ? duration / 2 : 0;
    }
    return found;
  }

  private static boolean look(BooleanSupplier hasWork, long duration) {
    long begin = System.nanoTime();
    for (long step = STEP_NANOS; step <= duration; step += STEP_NANOS) {
      while (System.nanoTime() - begin < step) {
        Thread.onSpinWait();
      }
      if (hasWork.getAsBoolean()) {
        return true;
      }
    }
    return false;
  }
}
