package dev.sonde.bridge.eventadmin;

import dev.sonde.bridge.PaddedLong;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.Event;

/// A thread that calls handlers for those who send, so that a handler which does not return holds
/// this thread and not the sender. A platform thread: senders wait for it, whatever becomes of the
/// carriers of virtual ones.
///
/// Whoever sends event after event and its courier look for each other for some microseconds before
/// they park, which is much quicker. They look at fields that nothing else shares a cache line
/// with, and do so without the processor's hint for waiting loops: under a hypervisor it may cost
/// more than the wait.
final class Courier implements Runnable {

  /// Ends when it was not needed for so long.
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final boolean SPINS = Runtime.getRuntime().availableProcessors() > 1;

  /// Who sends event after event needs it again within this.
  private static final long SHORTLY_NANOS = SPINS ? TimeUnit.MICROSECONDS.toNanos(50) : 0;

  /// Handlers that are quick return within this.
  private static final long QUICK_NANOS = SPINS ? TimeUnit.MICROSECONDS.toNanos(20) : 0;

  /// So often it looks before it reads the clock.
  private static final int LOOKS = 16;

  private static final long IDLE = 0;
  private static final long WORKING = 1;
  private static final long FINISHED = 2;

  /// The sender waits no more.
  private static final long LEFT = 3;

  private static final AtomicReferenceFieldUpdater<Courier, @Nullable PlainHandler> CALLING =
      AtomicReferenceFieldUpdater.newUpdater(Courier.class, PlainHandler.class, "calling");

  private final Couriers pool;
  private final Thread thread;
  private final PaddedLong state = new PaddedLong();
  private volatile @Nullable Sending task;
  private volatile boolean parked;

  /// Whom it calls now.
  private volatile @Nullable PlainHandler calling;

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
    boolean isNew = thread.getState() == Thread.State.NEW;
    task = sending;
    state.set(WORKING);
    VarHandle.fullFence(); // It looks at the two the other way round.
    if (isNew) {
      thread.start();
    } else if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /// Waits a moment for it to finish.
  boolean finishesSoon() {
    return await(FINISHED, QUICK_NANOS);
  }

  Thread thread() {
    return thread;
  }

  /// Calls a handler.
  void call(PlainHandler handler, Event event) {
    calling = handler;
    handler.send(event);
    if (!CALLING.compareAndSet(this, handler, null)) {
      handler.release();
    }
  }

  /// Nobody waits any more for the handler that it calls now.
  ///
  /// @return that handler, if there is one
  @Nullable PlainHandler giveUp() {
    return CALLING.getAndSet(this, null);
  }

  /// The sender has no more use for it: it goes back now, or does so itself when it is finished.
  void leaveTo(Couriers couriers) {
    if (!state.advance(WORKING, LEFT)) {
      couriers.add(this);
    }
  }

  private boolean await(long wanted, long nanos) {
    long begin = nanos == 0 ? 0 : System.nanoTime();
    do {
      for (int i = 0; i < LOOKS; i++) {
        if (state.get() == wanted) {
          return true;
        }
      }
    } while (nanos != 0 && System.nanoTime() - begin < nanos);
    return false;
  }

  @Override
  public void run() {
    while (awaitTask()) {
      Sending sending = task;
      task = null;
      if (sending != null) {
        sending.work(this);
      }
      // A handler may have left it set; the next one is to find it as a new thread's.
      var _ = Thread.interrupted();
      if (!state.advance(WORKING, FINISHED)) {
        state.set(IDLE);
        pool.add(this);
      }
    }
  }

  /// Waits until there is something to do.
  ///
  /// @return false if it is not needed any more
  private boolean awaitTask() {
    if (await(WORKING, spinNanos)) {
      return true;
    }
    long begin = System.nanoTime();
    parked = true;
    VarHandle.fullFence();
    while (state.get() != WORKING) {
      if (System.nanoTime() - begin >= IDLE_NANOS && pool.remove(this)) {
        return false;
      }
      LockSupport.parkNanos(this, IDLE_NANOS);
    }
    parked = false;
    spinNanos = System.nanoTime() - begin < 2 * SHORTLY_NANOS ? SHORTLY_NANOS : 0;
    return true;
  }
}
