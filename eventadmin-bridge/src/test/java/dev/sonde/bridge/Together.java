package dev.sonde.bridge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// Platform threads that begin at the same moment.
final class Together {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch begin = new CountDownLatch(1);

  private Together() {}

  /// What one of the threads does.
  @FunctionalInterface
  interface Part {
    void run(int number) throws Exception;
  }

  /// Runs the part once on each of some threads and waits for all of them.
  static void run(int threads, Part part) {
    start(threads, part).join();
  }

  /// Begins; call [#join] for the end.
  static Together start(int threads, Part part) {
    Together together = new Together();
    for (int i = 0; i < threads; i++) {
      int number = i;
      together.threads.add(Thread.ofPlatform().daemon().start(() -> together.run(part, number)));
    }
    together.begin.countDown();
    return together;
  }

  private void run(Part part, int number) {
    try {
      Awaiting.latch(begin);
      part.run(number);
    } catch (Throwable thrown) {
      failure.compareAndSet(null, thrown);
    }
  }

  /// Waits for all and throws what the first of them threw.
  void join() {
    for (Thread thread : threads) {
      if (!Patience.await(DEADLINE, nanos -> thread.join(Duration.ofNanos(nanos)))) {
        throw new AssertionError("Not ended after " + DEADLINE + ": " + thread);
      }
    }
    if (failure.get() != null) {
      throw new AssertionError("One of the threads failed", failure.get());
    }
  }
}
