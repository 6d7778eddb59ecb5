package dev.sonde.bridge;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting with a deadline that only a hang reaches.
final class Awaiting {

  private Awaiting() {}

  static void latch(CountDownLatch latch) {
    await("the latch", nanos -> latch.await(nanos, TimeUnit.NANOSECONDS));
  }

  static void permit(Semaphore semaphore) {
    await("the permit", nanos -> semaphore.tryAcquire(nanos, TimeUnit.NANOSECONDS));
  }

  static void end(Thread thread) {
    await("the end of " + thread, nanos -> thread.join(Duration.ofNanos(nanos)));
  }

  static void quiet(Bus bus) {
    await("silence", nanos -> bus.awaitQuiet(Duration.ofNanos(nanos)));
  }

  /// What it completes with; throws what it failed with, in a [CompletionException].
  static <T> T result(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    await("the result", nanos -> isDone(future, nanos));
    return future.join();
  }

  private static boolean isDone(CompletableFuture<?> future, long nanos)
      throws InterruptedException {
    try {
      future.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      // That is an end, too.
    }
    return true;
  }

  private static void await(String what, Patience.Waiting waiting) {
    if (!Patience.await(Device.DEADLINE, waiting)) {
      throw new AssertionError("Not reached after " + Device.DEADLINE + ": " + what);
    }
  }

  /// For conditions that nobody signals.
  static void until(String what, BooleanSupplier condition) {
    Deadline deadline = new Deadline();
    while (!condition.getAsBoolean()) {
      if (deadline.isOver()) {
        throw new AssertionError("After " + Device.DEADLINE + " still not: " + what);
      }
      LockSupport.parkNanos(100_000);
    }
  }
}
