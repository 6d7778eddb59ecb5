package dev.sonde.supervisor;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Runs what may never come back, such as a bundle's activator, on a platform thread that can be
/// left behind.
final class Bounded {

  /// A deadline is waited for in so many parts: a device that was suspended meanwhile, or had no
  /// processor to give, loses one of them and not all.
  private static final int PARTS = 20;

  private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
  private final Thread thread;
  private volatile Step present;
  private boolean leftBehind;

  private Bounded(List<Step> steps) {
    this.present = steps.getFirst();
    this.thread = Thread.ofPlatform().daemon().name(nameFor(present)).unstarted(() -> work(steps));
  }

  /// It did not come back. The message says where it hangs.
  static final class HangsException extends Exception {
    private static final long serialVersionUID = 1L;

    HangsException(String message) {
      super(message);
    }
  }

  /// Work that may fail.
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /// One of several things that are done one after the other.
  ///
  /// @param what names the thread and stands in the message: `the activator of ...`
  /// @param deadline for this one alone
  record Step(String what, Duration deadline, Work work) {}

  /// Runs and waits.
  ///
  /// @param what names the thread and stands in the message
  /// @throws HangsException if the deadline passes; the work goes on all the same
  /// @throws Exception what the work throws
  static void run(String what, Duration deadline, Work work) throws Exception {
    begin(List.of(new Step(what, deadline, work))).await();
  }

  /// Runs steps one after the other, on one thread, until one fails: what has to be done in a short
  /// time does not wait for the next thread to be made and to come to run.
  static Bounded begin(List<Step> steps) {
    Bounded begun = new Bounded(steps);
    begun.thread.start();
    return begun;
  }

  private void work(List<Step> steps) {
    try {
      for (Step step : steps) {
        if (!enter(step)) {
          return;
        }
        step.work().run();
      }
      done.complete(null);
    } catch (Throwable thrown) {
      done.completeExceptionally(thrown);
    }
  }

  /// Goes on to a step, unless nobody waits for it any more.
  private synchronized boolean enter(Step step) {
    if (leftBehind) {
      return false;
    }
    present = step;
    Thread.currentThread().setName(nameFor(step));
    return true;
  }

  /// @return false if it has gone on to another step
  private synchronized boolean leaveBehind(Step hanging) {
    leftBehind = present.equals(hanging);
    return leftBehind;
  }

  private static String nameFor(Step step) {
    return "sonde-supervisor: " + step.what();
  }

  /// Waits until all is done.
  ///
  /// @throws HangsException if the deadline of a step passes; it goes on all the same
  /// @throws Exception what a step throws
  void await() throws Exception {
    Step awaited = present;
    while (!isDoneWithinDeadline(awaited)) {
      if (leaveBehind(awaited)) {
        throw new HangsException(
            awaited.what()
                + " has not come back for "
                + words(awaited.deadline())
                + ", at "
                + where(thread));
      }
      awaited = present;
    }
  }

  /// @return false also as soon as it is known that another step has begun
  private boolean isDoneWithinDeadline(Step step) throws Exception {
    for (int part = 0; part < PARTS && step.equals(present); part++) {
      try {
        var _ = done.get(Math.max(1, step.deadline().toNanos() / PARTS), TimeUnit.NANOSECONDS);
        return true;
      } catch (TimeoutException e) {
        // One part has passed.
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception thrown ? thrown : e;
      }
    }
    return false;
  }

  /// The innermost frame of a thread that is not the JDK's.
  static String where(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return Arrays.stream(stack)
        .filter(frame -> frame.getModuleName() == null)
        .findFirst()
        .or(() -> Arrays.stream(stack).findFirst())
        .map(StackTraceElement::toString)
        .orElse("its end");
  }

  /// A duration as a person writes it.
  static String words(Duration duration) {
    return duration.toMillis() % 1_000 == 0 && duration.toSeconds() > 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
