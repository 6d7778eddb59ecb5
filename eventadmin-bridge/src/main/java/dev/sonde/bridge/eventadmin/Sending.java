package dev.sonde.bridge.eventadmin;

import dev.sonde.bridge.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call of `sendEvent`: each handler is called once, on threads that are not the sender's, and
/// the sender waits until all have returned or its deadline is over.
///
/// One [Courier] calls them one after the other. When it does not come back for a while, another
/// goes on with those that are left.
final class Sending {

  /// A handler that takes longer gets its neighbours another courier.
  private static final long HURRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  private static final int RUNNING = 1;
  private static final int RETURNED = 2;
  private static final int GIVEN_UP = 3;

  private final Event event;
  private final List<PlainHandler> handlers;
  private final AtomicIntegerArray calls;
  private final @Nullable Thread[] threads;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger left;
  private volatile @Nullable Thread sender;

  Sending(Event event, List<PlainHandler> handlers) {
    this.event = event;
    this.handlers = handlers;
    this.calls = new AtomicIntegerArray(handlers.size());
    this.threads = new Thread[handlers.size()];
    this.left = new AtomicInteger(handlers.size());
  }

  /// Sends, and waits.
  ///
  /// @param by who sends, for messages
  void send(Couriers pool, Duration deadline, String by) {
    Courier courier = pool.take();
    if (courier == null) {
      work();
      return;
    }
    courier.dispatch(this);
    if (courier.finishesSoon()) {
      pool.add(courier);
      return;
    }
    List<Courier> couriers = new ArrayList<>(List.of(courier));
    if (!await(pool, couriers, System.nanoTime() + deadline.toNanos())) {
      giveUp(deadline, by);
    }
    couriers.forEach(each -> each.leaveTo(pool));
  }

  private boolean await(Couriers pool, List<Courier> couriers, long endNanos) {
    sender = Thread.currentThread();
    boolean interrupted = false;
    long now = System.nanoTime();
    long hurry = now + HURRY_NANOS;
    while (left.get() > 0 && now - endNanos < 0) {
      LockSupport.parkNanos(this, Math.min(hurry - now, endNanos - now));
      // A sender that is interrupted is so when this returns; it still waits for its handlers.
      interrupted |= Thread.interrupted();
      now = System.nanoTime();
      if (now - hurry >= 0) {
        hurry = now + HURRY_NANOS;
        hurry(pool, couriers);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return left.get() == 0;
  }

  private void hurry(Couriers pool, List<Courier> couriers) {
    Courier another = next.get() < handlers.size() ? pool.take() : null;
    if (another != null) {
      couriers.add(another);
      another.dispatch(this);
    }
  }

  /// Calls those that nobody has called yet.
  void work() {
    int called = 0;
    for (int i = next.getAndIncrement(); i < handlers.size(); i = next.getAndIncrement()) {
      call(i);
      called++;
    }
    if (called > 0 && left.addAndGet(-called) == 0) {
      LockSupport.unpark(sender);
    }
  }

  private void call(int i) {
    PlainHandler handler = handlers.get(i);
    threads[i] = Thread.currentThread();
    calls.set(i, RUNNING);
    handler.send(event);
    if (!calls.compareAndSet(i, RUNNING, RETURNED)) {
      handler.release();
    }
  }

  /// Those that are still at it are waited for no more, and those that were not called yet are
  /// called without.
  private void giveUp(Duration deadline, String by) {
    for (int i = next.getAndIncrement(); i < handlers.size(); i = next.getAndIncrement()) {
      handlers.get(i).sendLater(event);
    }
    for (int i = 0; i < handlers.size(); i++) {
      Thread courier = threads[i];
      if (calls.compareAndSet(i, RUNNING, GIVEN_UP) && courier != null) {
        tell(handlers.get(i), courier, deadline, by);
        handlers.get(i).hold(courier);
      }
    }
  }

  private void tell(PlainHandler handler, Thread courier, Duration deadline, String by) {
    LOG.warn(
        "The event handler {} held {} for {} s, which sent an event on {}; it is at {}. {} goes on,"
            + " and what is sent from now on is given to that handler when it is back. To end it,"
            + " stop its bundle",
        handler.name(),
        by,
        deadline.toSeconds(),
        event.getTopic(),
        Faults.place(courier.getStackTrace()),
        by);
  }
}
