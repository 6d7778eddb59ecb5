package dev.sonde.bridge;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting with a deadline that only a hang reaches.
final class Awaiting {

  private Awaiting() {}

  static void latch(CountDownLatch latch) {
    try {
      if (!latch.await(Device.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Not reached after " + Device.DEADLINE);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static void permit(Semaphore semaphore) {
    try {
      if (!semaphore.tryAcquire(Device.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Not reached after " + Device.DEADLINE);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// For conditions that nobody signals.
  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Device.DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("After " + Device.DEADLINE + " still not: " + what);
      }
      LockSupport.parkNanos(100_000);
    }
  }
}
