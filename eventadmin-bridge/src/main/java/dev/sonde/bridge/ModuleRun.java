package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.spi.FaultListener;
import dev.sonde.bus.spi.FaultListener.Place;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.event.module.EventsMissed;
import dev.sonde.event.module.HandlerFailed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a module: its thread, from start to stop.
final class ModuleRun implements HostedModule {

  private static final Logger LOG = LoggerFactory.getLogger(ModuleRun.class);

  private final Bus bus;
  private final Mailbox mailbox;
  private final String name;
  private final Callable<SondeModule> factory;
  private final FaultListener faults;
  private final RunContext context;
  private final Thread thread;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  private volatile @Nullable SondeModule module;
  private volatile long busySinceNanos;
  private volatile boolean busy;
  private volatile boolean stopFailed;
  private @Nullable Stopped stopped;
  private boolean begun;

  /// Of this run in the mailbox; set before the thread starts.
  private long number;

  // Read and written by the module's thread only.
  private long handling = Envelope.NO_CAUSE;

  ModuleRun(
      Bus bus,
      Mailbox mailbox,
      String name,
      Callable<SondeModule> factory,
      FaultListener faults,
      RunContext.Environment environment) {
    this.bus = bus;
    this.mailbox = mailbox;
    this.name = name;
    this.factory = factory;
    this.faults = faults;
    this.context = new RunContext(bus, this, mailbox, environment);
    this.thread =
        Thread.ofVirtual()
            .inheritInheritableThreadLocals(false)
            .name("sonde-" + name)
            .unstarted(this::run);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized CompletionStage<Void> start() {
    if (begun) {
      throw new IllegalStateException("Module " + name + " was started before");
    }
    begun = true;
    number = mailbox.begin();
    thread.start();
    return started.minimalCompletionStage();
  }

  private void run() {
    try {
      if (startModule()) {
        loop();
      }
    } finally {
      mailbox.abort(number);
      ended.countDown();
      bus.quiet().maybeOpen();
    }
  }

  private boolean startModule() {
    busy(true);
    try {
      SondeModule made = factory.call();
      module = made;
      made.start(context);
      mailbox.unclaimed(number).forEach(bus::discard);
      started.complete(null);
      return true;
    } catch (Throwable thrown) {
      boolean abandoned = context.isRevoked();
      context.leave();
      if (!abandoned) {
        releaseInboxes();
      }
      // Before the failure is told: whoever hears of it may forget the module at once.
      mailbox.abort(number);
      started.completeExceptionally(thrown);
      return false;
    } finally {
      busy(false);
    }
  }

  private void loop() {
    while (true) {
      switch (mailbox.take(number)) {
        case Mailbox.Work.Delivery delivery -> deliver(delivery);
        case Mailbox.Work.Job job -> attempt(job.what(), Envelope.NO_CAUSE, job.task()::run);
        case Mailbox.Work.End end -> {
          return;
        }
      }
    }
  }

  private void deliver(Mailbox.Work.Delivery delivery) {
    EventInbox inbox = delivery.inbox();
    Envelope envelope = delivery.envelope();
    if (delivery.missed() > 0) {
      attempt(
          inbox.name(), Envelope.NO_CAUSE, () -> delivery.lagListener().accept(delivery.missed()));
    }
    if (context.isRevoked()) {
      return;
    }
    if (delivery.toPublish() > 0) {
      bus.publish(
          name,
          new EventsMissed(name, inbox.name(), delivery.toPublish(), inbox.counts().missed()),
          Envelope.NO_CAUSE);
    }
    handling = envelope.sequence();
    boolean done =
        attempt(
            inbox.name(),
            envelope.event() instanceof HandlerFailed ? -envelope.sequence() : envelope.sequence(),
            () -> delivery.handler().handle(envelope.event(), envelope));
    handling = Envelope.NO_CAUSE;
    mailbox.handled(number, inbox, done);
  }

  /// Runs module code; what it throws stays here.
  ///
  /// @param sequence what is being handled, negative if a failure must not be published
  private boolean attempt(String what, long sequence, ThrowingRunnable code) {
    busy(true);
    try {
      code.run();
      return true;
    } catch (Throwable thrown) {
      report(Place.HANDLER, what, thrown);
      if (sequence >= 0 && !context.isRevoked()) {
        bus.publish(
            name,
            new HandlerFailed(name, what, sequence, Faults.describe(thrown), Faults.place(thrown)),
            Envelope.NO_CAUSE);
      }
      return false;
    } finally {
      busy(false);
      // A flag that module code left set would break the next blocking call of its next handler.
      var _ = Thread.interrupted();
    }
  }

  /// Code that may throw anything.
  @FunctionalInterface
  private interface ThrowingRunnable {
    void run() throws Exception;
  }

  void report(Place place, String what, Throwable thrown) {
    try {
      LOG.warn("Module {}: {} failed", name, what, thrown);
    } catch (RuntimeException | StackOverflowError unprintable) {
      LOG.warn("Module {}: {} failed: {}", name, what, Faults.describe(thrown));
    }
    faults.failed(place, what, Faults.describe(thrown));
  }

  private void busy(boolean now) {
    busySinceNanos = System.nanoTime();
    busy = now;
  }

  /// The sequence that the calling thread is handling for this module.
  long cause() {
    return isOwnThread() ? handling : Envelope.NO_CAUSE;
  }

  boolean isOwnThread() {
    return Thread.currentThread() == thread;
  }

  @Override
  public synchronized Stopped stop(boolean keepInboxes, Duration deadline) {
    if (stopped == null) {
      stopped = begun ? stopWithin(keepInboxes, deadline) : Stopped.CLEANLY;
    }
    return stopped;
  }

  private Stopped stopWithin(boolean keepInboxes, Duration deadline) {
    long begin = System.nanoTime();
    long end = begin + deadline.toNanos();
    boolean forksEnded = context.endForks(begin + deadline.toNanos() / 4);
    mailbox.end(number, !keepInboxes, this::stopModule);
    boolean inTime = awaitEnd(begin + deadline.toNanos() / 2);
    if (!inTime) {
      // Half of the time is for what waits; the rest belongs to the module's own stop method.
      mailbox.end(number, false, this::stopModule);
      inTime = awaitEnd(end);
    }
    context.leave();
    if (!inTime) {
      mailbox.abort(number);
      thread.interrupt();
    }
    if (keepInboxes) {
      releaseInboxes();
    } else {
      mailbox.inboxes().forEach(bus::discard);
    }
    if (!inTime || !forksEnded) {
      return Stopped.ABANDONED;
    }
    return stopFailed ? Stopped.WITH_FAULT : Stopped.CLEANLY;
  }

  private void stopModule() {
    SondeModule running = module;
    if (running == null) {
      return;
    }
    try {
      running.stop();
    } catch (Throwable thrown) {
      stopFailed = true;
      report(Place.STOP, "stop", thrown);
    }
  }

  private boolean awaitEnd(long endNanos) {
    try {
      return ended.await(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ended.getCount() == 0;
    }
  }

  private void releaseInboxes() {
    bus.change(
        () ->
            mailbox
                .inboxes()
                .forEach(
                    inbox -> {
                      mailbox.locked(inbox::release);
                      if (inbox.matcher() instanceof SubscriptionMatcher matcher) {
                        inbox.match(matcher.whileAway());
                      }
                    }));
  }

  @Override
  public List<Inbox> inboxes() {
    return List.copyOf(mailbox.inboxes());
  }

  @Override
  public List<StackTraceElement> stack() {
    return busy ? List.of(thread.getStackTrace()) : List.of();
  }

  @Override
  public Duration busyFor() {
    return busy ? Duration.ofNanos(System.nanoTime() - busySinceNanos) : Duration.ZERO;
  }
}
