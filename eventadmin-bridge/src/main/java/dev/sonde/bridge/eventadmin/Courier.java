package dev.sonde.bridge.eventadmin;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A thread that calls handlers for those who send, so that a handler which does not return holds
/// this thread and not the sender. A platform thread: senders wait for it, whatever becomes of the
/// carriers of virtual ones.
final class Courier implements Runnable {

  /// Ends when it was not needed for so long.
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /// Who sends event after event needs it again within this.
  private static final long SHORTLY_NANOS =
      Runtime.getRuntime().availableProcessors() > 1 ? TimeUnit.MICROSECONDS.toNanos(50) : 0;

  private final Couriers pool;
  private final Thread thread;
  private volatile @Nullable Sending task;
  private volatile boolean parked;
  private long spinNanos;

  Courier(Couriers pool, int number) {
    this.pool = pool;
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .inheritInheritableThreadLocals(false)
            .name("sonde-courier-" + number)
            .unstarted(this);
  }

  /// Gives it something to do.
  void dispatch(Sending sending) {
    task = sending;
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    } else if (parked) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    for (Sending sending = await(); sending != null; sending = await()) {
      task = null;
      sending.work(this::rest);
    }
  }

  private void rest() {
    // A handler may have left it set; the next one is to find it as a new thread's.
    var _ = Thread.interrupted();
    pool.add(this);
  }

  /// What is to be done next; null if it is not needed any more.
  private @Nullable Sending await() {
    Sending next = spin();
    if (next != null) {
      return next;
    }
    long begin = System.nanoTime();
    parked = true;
    while (task == null && !(System.nanoTime() - begin >= IDLE_NANOS && pool.remove(this))) {
      LockSupport.parkNanos(this, IDLE_NANOS);
    }
    parked = false;
    spinNanos = System.nanoTime() - begin < 2 * SHORTLY_NANOS ? SHORTLY_NANOS : 0;
    return task;
  }

  private @Nullable Sending spin() {
    long begin = System.nanoTime();
    while (task == null && System.nanoTime() - begin < spinNanos) {
      Thread.onSpinWait();
    }
    return task;
  }
}
