package dev.sonde.bridge;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Lets threads wait for a condition that others bring about. Costs the others one volatile read
/// while nobody waits.
///
/// The condition is evaluated outside the gate's lock, so that it may take locks of its own;
/// whoever says that it changed may hold them.
final class Gate {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicInteger waiters = new AtomicInteger();
  private long changes;

  /// Says that the condition may hold now.
  void maybeOpen() {
    if (waiters.get() > 0) {
      Spin.lock(lock);
      try {
        changes++;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /// Waits.
  ///
  /// @return whether the condition held before the deadline
  boolean await(BooleanSupplier open, Duration deadline) throws InterruptedException {
    long end = System.nanoTime() + Nanos.of(deadline);
    // Raised before the condition is read: whoever brings it about later sees a waiter.
    waiters.incrementAndGet();
    try {
      while (true) {
        long seen = changes();
        if (open.getAsBoolean()) {
          return true;
        }
        if (!awaitChange(seen, end)) {
          return false;
        }
      }
    } finally {
      waiters.decrementAndGet();
    }
  }

  private long changes() {
    Spin.lock(lock);
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitChange(long seen, long end) throws InterruptedException {
    Spin.lock(lock);
    try {
      long nanos = end - System.nanoTime();
      while (changes == seen) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
