package dev.sonde.bridge;

import dev.sonde.bus.Fork;
import dev.sonde.bus.Source;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A source on its platform thread.
final class ForkThread implements Fork {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final String name;
  private final Source source;
  private final Thread thread;
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /// What it used altogether; set by the thread at its end, when nobody else can ask any more.
  private volatile long usedNanos;

  /// @param failed is told what the source threw, unless it was cancelled before
  ForkThread(String module, String name, Source source, Consumer<Throwable> failed) {
    this.name = name;
    this.source = source;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .inheritInheritableThreadLocals(false)
            .name("sonde-" + module + "-" + name)
            .unstarted(() -> run(failed));
  }

  void start() {
    thread.start();
  }

  private void run(Consumer<Throwable> failed) {
    try {
      source.run();
    } catch (Throwable thrown) {
      if (!cancelled.get()) {
        failed.accept(thrown);
      }
    } finally {
      usedNanos = cpuNanos();
    }
  }

  /// The processor time it has used; zero where the JVM does not measure that.
  Duration cpuTime() {
    return Duration.ofNanos(Math.max(0, Math.max(cpuNanos(), usedNanos)));
  }

  /// Negative when it has ended or did not begin.
  private long cpuNanos() {
    return THREADS.isThreadCpuTimeSupported() ? THREADS.getThreadCpuTime(thread.threadId()) : 0;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isRunning() {
    return thread.isAlive();
  }

  @Override
  public void cancel() {
    if (cancelled.compareAndSet(false, true)) {
      // A cancel hook that hangs must not hold whoever cancels, so it has a thread of its own.
      Thread.ofPlatform()
          .daemon()
          .name(thread.getName() + "-cancel")
          .start(
              () -> {
                try {
                  source.cancel();
                } finally {
                  thread.interrupt();
                }
              });
    }
  }

  /// Waits for the end.
  ///
  /// @return whether it ended before the deadline
  boolean join(long endNanos) throws InterruptedException {
    long millis = Math.max(1, (endNanos - System.nanoTime()) / 1_000_000);
    thread.join(millis);
    return !thread.isAlive();
  }
}
