package dev.sonde.supervisor;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs what may never come back, such as a bundle's activator, on a platform thread that can be
/// left behind.
final class Bounded {

  /// A deadline is waited for in so many parts: a device that was suspended meanwhile, or had no
  /// processor to give, loses one of them and not all.
  private static final int PARTS = 20;

  private Bounded() {}

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

  /// Runs and waits.
  ///
  /// @param what names the thread and stands in the message: `the activator of ...`
  /// @throws HangsException if the deadline passes; the work goes on all the same
  /// @throws Exception what the work throws
  static void run(String what, Duration deadline, Work work) throws Exception {
    var _ =
        call(
            what,
            deadline,
            () -> {
              work.run();
              return true;
            });
  }

  /// As [#run], with a result.
  static <T> T call(String what, Duration deadline, Callable<T> work) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("sonde-supervisor: " + what)
            .start(
                () -> {
                  try {
                    done.complete(work.call());
                  } catch (Throwable thrown) {
                    done.completeExceptionally(thrown);
                  }
                });
    return await(what, deadline, done, thread);
  }

  private static <T> T await(
      String what, Duration deadline, CompletableFuture<T> done, Thread thread) throws Exception {
    for (int part = 0; part < PARTS; part++) {
      try {
        return done.get(Math.max(1, deadline.toNanos() / PARTS), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // One part has passed.
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception thrown ? thrown : e;
      }
    }
    throw new HangsException(
        what + " has not come back for " + words(deadline) + ", at " + where(thread));
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
