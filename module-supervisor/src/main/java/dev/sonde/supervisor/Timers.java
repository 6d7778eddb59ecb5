package dev.sonde.supervisor;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the supervisor does later. Its thread sleeps for ever while there is nothing to wait for.
final class Timers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Timers.class);

  /// A device that was suspended loses one part of a deadline, and not all of it.
  private static final int PARTS = 20;

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1,
          task -> Thread.ofPlatform().daemon().name("sonde-supervisor-timers").unstarted(task),
          // A module may appear while the supervisor goes.
          new ThreadPoolExecutor.DiscardPolicy());

  Timers() {
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
  }

  /// Runs an action on a thread of its own, after a pause.
  ///
  /// @param name names the thread
  void after(Duration pause, String name, Runnable action) {
    var _ = executor.schedule(() -> begin(name, action), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /// Runs an action when a deadline has passed, unless it does not matter any more.
  ///
  /// @param matters asked several times until then
  void deadline(Duration deadline, BooleanSupplier matters, String name, Runnable action) {
    wait(deadline.dividedBy(PARTS), PARTS, matters, name, action);
  }

  private void wait(
      Duration part, int parts, BooleanSupplier matters, String name, Runnable action) {
    if (!matters.getAsBoolean()) {
      return;
    }
    if (parts == 0) {
      begin(name, action);
      return;
    }
    var _ =
        executor.schedule(
            () -> wait(part, parts - 1, matters, name, action),
            part.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  /// Runs an action now, on a thread of its own.
  static Thread begin(String name, Runnable action) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .uncaughtExceptionHandler((thread, thrown) -> LOG.error("{} failed", name, thrown))
        .start(action);
  }

  @Override
  public void close() {
    var _ = executor.shutdownNow();
  }
}
