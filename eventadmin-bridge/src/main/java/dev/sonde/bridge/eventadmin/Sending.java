package dev.sonde.bridge.eventadmin;

import dev.sonde.bridge.EventInbox;
import dev.sonde.bridge.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.osgi.service.event.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One call of `sendEvent`: each handler is called once, on threads that are not the sender's, and
/// the sender waits until all have returned or its deadline is over.
///
/// One [Courier] calls them one after the other. When it does not come back for a while, another
/// goes on with those that are left. All that both sides touch is in this one object and the
/// courier: each further cache line that goes from core to core would cost as much as a handler.
final class Sending {

  /// A handler that takes longer gets its neighbours another courier.
  private static final long HURRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  private static final AtomicIntegerFieldUpdater<Sending> NEXT =
      AtomicIntegerFieldUpdater.newUpdater(Sending.class, "next");
  private static final AtomicIntegerFieldUpdater<Sending> LEFT =
      AtomicIntegerFieldUpdater.newUpdater(Sending.class, "left");

  private final Event event;
  private final List<EventInbox> handlers;

  /// The first that nobody calls yet.
  private volatile int next;

  /// How many have not returned yet.
  private volatile int left;

  private final Thread origin = Thread.currentThread();

  /// The same, if it is parked.
  private volatile @Nullable Thread sender;

  /// @param handlers the inboxes of those to call
  Sending(Event event, List<EventInbox> handlers) {
    this.event = event;
    this.handlers = handlers;
    this.left = handlers.size();
  }

  /// Sends, and waits.
  ///
  /// @param by who sends, for messages
  void send(Couriers pool, Duration deadline, String by) {
    Courier courier = pool.take();
    if (courier == null) {
      work(null);
      return;
    }
    courier.dispatch(this);
    if (courier.finishesSoon()) {
      pool.add(courier);
      return;
    }
    List<Courier> couriers = new ArrayList<>(List.of(courier));
    if (!await(pool, couriers, System.nanoTime() + deadline.toNanos())) {
      giveUp(couriers, deadline, by);
    }
    couriers.forEach(each -> each.leaveTo(pool));
  }

  private boolean await(Couriers pool, List<Courier> couriers, long endNanos) {
    sender = origin;
    boolean interrupted = false;
    long now = System.nanoTime();
    long hurry = now + HURRY_NANOS;
    while (left > 0 && now - endNanos < 0) {
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
    return left == 0;
  }

  private void hurry(Couriers pool, List<Courier> couriers) {
    Courier another = next < handlers.size() ? pool.take() : null;
    if (another != null) {
      couriers.add(another);
      another.dispatch(this);
    }
  }

  /// Calls those that nobody has called yet.
  ///
  /// @param courier whose thread this is, or null for the sender's own
  void work(@Nullable Courier courier) {
    int called = 0;
    for (EventInbox inbox = claim(); inbox != null; inbox = claim()) {
      if (inbox.handler() instanceof PlainHandler handler) {
        call(handler, courier);
      }
      called++;
    }
    if (called > 0 && LEFT.addAndGet(this, -called) == 0) {
      LockSupport.unpark(sender);
    }
  }

  private void call(PlainHandler handler, @Nullable Courier courier) {
    if (handler.isHeld(origin)) {
      handler.sendLater(event);
    } else if (courier == null) {
      handler.send(event);
    } else {
      courier.call(handler, event);
    }
  }

  private @Nullable EventInbox claim() {
    int i = NEXT.getAndIncrement(this);
    return i < handlers.size() ? handlers.get(i) : null;
  }

  /// Those that are still at it are waited for no more, and those that were not called yet are
  /// called without.
  private void giveUp(List<Courier> couriers, Duration deadline, String by) {
    for (EventInbox inbox = claim(); inbox != null; inbox = claim()) {
      if (inbox.handler() instanceof PlainHandler handler) {
        handler.sendLater(event);
      }
    }
    for (Courier courier : couriers) {
      PlainHandler handler = courier.giveUp();
      if (handler != null) {
        tell(handler, courier.thread(), deadline, by);
        handler.hold(courier.thread());
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
        deadline.toMillis() / 1_000.0,
        event.getTopic(),
        Faults.place(courier.getStackTrace()),
        by);
  }
}
