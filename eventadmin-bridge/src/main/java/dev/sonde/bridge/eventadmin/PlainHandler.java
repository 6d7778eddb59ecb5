package dev.sonde.bridge.eventadmin;

import dev.sonde.bridge.Bus;
import dev.sonde.bridge.BusConfig;
import dev.sonde.bridge.Faults;
import dev.sonde.bridge.HandlerMatcher;
import dev.sonde.bridge.HandlerRun;
import dev.sonde.bus.Envelope;
import dev.sonde.event.log.LogLine;
import dev.sonde.event.module.EventsMissed;
import dev.sonde.event.module.HandlerFailed;
import dev.sonde.event.module.ModuleStuck;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One `EventHandler` service of another bundle: calls it, and tells when it fails, does not return
/// or misses events. It is never denied.
final class PlainHandler implements HandlerRun.Behaviour {

  private static final Logger LOG = LoggerFactory.getLogger(PlainHandler.class);

  private static final long FIRST_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final BundleContext context;
  private final Bus bus;
  private final TypedViews views;
  private final ServiceReference<EventHandler> reference;
  private final String name;
  private final Supplier<BusConfig> settings;
  private final int capacity;
  private final HandlerRun run;

  private volatile @Nullable EventHandler service;
  private volatile boolean gone;

  /// Calls that nobody waits for any more, and that have not come back.
  private final AtomicInteger held = new AtomicInteger();

  // Guarded by this.
  private long burstMissed;
  private long nextTellNanos;
  private long periodNanos;

  /// @param context of this bundle
  PlainHandler(
      BundleContext context,
      Bus bus,
      TypedViews views,
      ServiceReference<EventHandler> reference,
      HandlerMatcher wanted,
      Supplier<BusConfig> settings) {
    this.context = context;
    this.bus = bus;
    this.views = views;
    this.reference = reference;
    this.settings = settings;
    this.capacity = settings.get().handlerInbox();
    this.name = HandlerNames.of(reference);
    this.run = new HandlerRun(bus, name, wanted, capacity, this);
  }

  /// Begins to call it.
  void start() {
    run.start();
  }

  /// Bundle and service, as `com.acme.lamp#42`.
  String name() {
    return name;
  }

  void want(HandlerMatcher wanted) {
    run.want(wanted);
  }

  /// Not called any more.
  void close() {
    gone = true;
    run.close();
  }

  /// Not called any more once everything that waits is handled, or at the deadline.
  void drain(long endNanos) {
    run.drain(endNanos);
    gone = true;
  }

  @Override
  public void handle(dev.sonde.bus.Event event, Envelope at) {
    call(event instanceof Posted posted ? posted.event() : views.of(at));
  }

  /// Calls it, on whatever thread. What it throws comes through.
  private void call(Event event) {
    EventHandler handler = gone ? null : service();
    if (handler != null) {
      handler.handleEvent(event);
    }
  }

  /// The framework takes it back when either bundle stops, or the service goes.
  private @Nullable EventHandler service() {
    EventHandler known = service;
    if (known == null) {
      known = context.getService(reference);
      service = known;
    }
    return known;
  }

  /// Calls it for somebody who waits for its return.
  void send(Event event) {
    try {
      call(event);
    } catch (Throwable thrown) {
      failed(event.getTopic(), thrown);
    }
  }

  /// Whether it has not come back for so long that nobody should wait for it.
  ///
  /// @param sender who would wait; a handler may send to itself, however long it takes
  boolean isHeld(Thread sender) {
    return held.get() > 0 || (run.thread() != sender && isLong(run.busyFor()));
  }

  private boolean isLong(Duration busy) {
    return !busy.isZero() && busy.compareTo(settings.get().sendDeadline()) > 0;
  }

  /// Nobody waits for a call any more.
  ///
  /// @param courier the thread that it sits on
  void hold(Thread courier) {
    held.incrementAndGet();
    String where = Faults.place(courier.getStackTrace());
    bus.publish(
        name, new ModuleStuck(name, settings.get().sendDeadline(), where), Envelope.NO_CAUSE);
  }

  /// Such a call came back.
  void release() {
    held.decrementAndGet();
    LOG.info("The event handler {} is back", name);
  }

  /// Calls it when it is back from what it is at; nobody waits for that.
  void sendLater(Event event) {
    try {
      run.execute("send", () -> send(event));
    } catch (RejectedExecutionException full) {
      run.miss();
    }
  }

  @Override
  public void failed(Envelope at, Throwable thrown) {
    // One that hears of failures, or of what is logged about them, and fails would never end.
    if (at.event() instanceof LogLine) {
      return;
    }
    Faults.warn(LOG, words(at.topic()), thrown);
    if (!(at.event() instanceof HandlerFailed)) {
      publishFailure(at.sequence(), thrown);
    }
  }

  private void failed(String topic, Throwable thrown) {
    Faults.warn(LOG, words(topic), thrown);
    publishFailure(Envelope.NO_CAUSE, thrown);
  }

  private String words(String topic) {
    return "The event handler " + name + " failed at an event on " + topic;
  }

  private void publishFailure(long sequence, Throwable thrown) {
    bus.publish(
        name,
        new HandlerFailed(
            name, run.subscription(), sequence, Faults.describe(thrown), Faults.place(thrown)),
        Envelope.NO_CAUSE);
  }

  @Override
  public Duration patience() {
    return settings.get().sendDeadline();
  }

  @Override
  public void overdue(Duration still, String where) {
    LOG.warn(
        "The event handler {} has not returned for {} s, at {}. Up to {} events wait for it, then"
            + " the oldest are missed; nobody else waits. To end it, stop its bundle",
        name,
        still.toMillis() / 1_000.0,
        where,
        capacity);
    bus.publish(name, new ModuleStuck(name, still, where), Envelope.NO_CAUSE);
  }

  @Override
  public void caughtUp() {
    LOG.info("The event handler {} is back", name);
  }

  @Override
  public synchronized void look() {
    long now = System.nanoTime();
    if (burstMissed > 0 && now - nextTellNanos < 0) {
      return;
    }
    long missed = run.takeUntold();
    boolean begins = burstMissed == 0;
    if (missed > 0) {
      // What is told may itself be missed by this handler, so it is told less and less often.
      periodNanos = begins ? FIRST_PERIOD_NANOS : 2 * periodNanos;
      nextTellNanos = now + periodNanos;
      tellLoss(missed);
    }
    if (missed > 0 && begins) {
      LOG.warn(
          "The event handler {} is too slow: {} events wait for it, and it has missed the oldest."
              + " bus:stats shows how many",
          name,
          capacity);
    }
  }

  @Override
  public synchronized void restedAfterLoss() {
    long missed = run.takeUntold();
    if (missed > 0) {
      tellLoss(missed);
    }
    if (burstMissed > 0) {
      LOG.warn("The event handler {} keeps up again; it missed {} events", name, burstMissed);
    }
    burstMissed = 0;
  }

  private void tellLoss(long missed) {
    burstMissed += missed;
    bus.publish(
        name,
        new EventsMissed(name, run.subscription(), missed, run.counts().missed()),
        Envelope.NO_CAUSE);
  }
}
