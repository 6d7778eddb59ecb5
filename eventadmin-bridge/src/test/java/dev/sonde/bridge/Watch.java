package dev.sonde.bridge;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Checks something again and again, on a thread of its own, until it is closed; closing throws
/// what the check threw.
final class Watch implements AutoCloseable {

  private static final long PAUSE_NANOS = 20_000;

  private final AtomicBoolean end = new AtomicBoolean();
  private final Together thread;

  Watch(Runnable check) {
    thread =
        Together.start(
            1,
            _ -> {
              while (!end.get()) {
                check.run();
                LockSupport.parkNanos(PAUSE_NANOS);
              }
              check.run();
            });
  }

  @Override
  public void close() {
    end.set(true);
    thread.join();
  }
}
