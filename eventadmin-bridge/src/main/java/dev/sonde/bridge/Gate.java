package dev.sonde.bridge;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Lets threads wait for a condition that others bring about. Costs the others one read while
/// nobody waits. The condition may take locks of its own; whoever says that it changed may hold
/// them.
final class Gate {

  private final Queue<Thread> waiters = new ConcurrentLinkedQueue<>();

  boolean isAwaited() {
    return !waiters.isEmpty();
  }

  /// Says that the condition may hold now.
  void maybeOpen() {
    waiters.forEach(LockSupport::unpark);
  }

  /// Waits.
  ///
  /// @return whether the condition held before the deadline
  boolean await(BooleanSupplier open, Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + Nanos.of(deadline);
    Thread waiter = Thread.currentThread();
    // Added before the condition is read: whoever brings it about later sees a waiter.
    waiters.add(waiter);
    try {
      while (!open.getAsBoolean()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        long left = end - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        LockSupport.parkNanos(this, left);
      }
      return true;
    } finally {
      waiters.remove(waiter);
    }
  }
}
