package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.RevokedException;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.spi.FaultListener;
import dev.sonde.bus.spi.FaultListener.Place;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.event.module.ModuleStuck;
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
final class ModuleRun implements HostedModule, Watched {

  private static final Logger LOG = LoggerFactory.getLogger(ModuleRun.class);

  private final Bus bus;
  private final Mailbox mailbox;
  private final String name;
  private final Callable<SondeModule> factory;
  private final FaultListener faults;
  private final RunContext context;
  private final Deliveries deliveries;
  private final Thread thread;
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final Activity activity = new Activity();
  private final CountDownLatch ended = new CountDownLatch(1);

  private volatile @Nullable SondeModule module;
  private volatile boolean stopFailed;
  private @Nullable Stopped stopped;
  private boolean begun;

  /// What this run has to do; set before the thread starts.
  private @Nullable Agenda agenda;

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
    this.deliveries =
        new Deliveries(
            bus,
            name,
            faults,
            activity,
            new LossReport(bus, name, this::agenda),
            context::isRevoked);
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
    agenda = mailbox.begin();
    bus.watch().watch(this);
    thread.start();
    return started.minimalCompletionStage();
  }

  private void run() {
    try {
      if (startModule()) {
        mailbox.work(agenda(), deliveries);
      }
    } finally {
      var _ = activity.rest();
      agenda().ended();
      bus.watch().forget(this);
      ended.countDown();
      bus.quiet().maybeOpen();
    }
  }

  private boolean startModule() {
    activity.beginJob();
    try {
      SondeModule made = factory.call();
      module = made;
      made.start(context);
      discardUnclaimed();
      bus.grace().ended(mailbox);
      started.complete(null);
      return true;
    } catch (Throwable thrown) {
      boolean abandoned = context.isRevoked();
      context.leave();
      if (!abandoned) {
        releaseInboxes();
      }
      // Before the failure is told: whoever hears of it may forget the module at once.
      agenda().abort();
      if (!abandoned) {
        bus.grace().left(mailbox, name);
      }
      started.completeExceptionally(thrown);
      return false;
    } finally {
      activity.end();
    }
  }

  /// What the run has to do, from its start on.
  Agenda agenda() {
    Agenda mine = agenda;
    if (mine == null) {
      throw new IllegalStateException("Module " + name + " was not started");
    }
    return mine;
  }

  /// What no subscription of this run has claimed was a former version's.
  private void discardUnclaimed() {
    if (mailbox.agenda() == agenda) {
      mailbox.inboxes().stream().filter(inbox -> !inbox.isClaimed()).forEach(bus::discard);
    }
  }

  /// Calls its handlers.
  Deliveries deliveries() {
    return deliveries;
  }

  /// This run has ended, and a thread of it still publishes. Called once.
  void refused(Event event, RevokedException where) {
    LOG.warn(
        "Module {}: a thread of a run that has ended still publishes {}; that is refused and"
            + " counted (bus:stats), and not told again",
        name,
        event.getClass().getName(),
        where);
    faults.failed(
        Place.LEFT_BEHIND,
        "publish",
        event.getClass().getSimpleName() + " of a thread of an ended run was refused");
  }

  @Override
  public long refused() {
    return bus.refused().getOrDefault(mailbox.owner(), 0L);
  }

  @Override
  public Thread thread() {
    return thread;
  }

  @Override
  public long progress() {
    return activity.progress();
  }

  @Override
  public boolean isAwake() {
    return !agenda().isParked();
  }

  @Override
  public void sitsOut() {
    agenda().sitOut();
  }

  @Override
  public void goesOn(Duration held) {
    LOG.info("Module {} goes on after {} s", name, held.toSeconds());
  }

  @Override
  public Duration patience() {
    return faults.patience();
  }

  @Override
  public void overdue(Duration still, String where) {
    faults.overdue(still, where);
  }

  @Override
  public void caughtUp() {
    faults.caughtUp();
  }

  @Override
  public void stuck(Duration held, String where) {
    LOG.warn(
        "Module {} has not come back for {} s, at {}. It computes, loops or sits in a native call on"
            + " its own thread, where blocking work must not be (that belongs into a fork). The other"
            + " modules go on; if it does not end, stop it: module:stop {}",
        name,
        held.toSeconds(),
        where,
        name);
    bus.publish(name, new ModuleStuck(name, held, where), Envelope.NO_CAUSE);
  }

  /// The sequence that the calling thread is handling for this module.
  long cause() {
    return isOwnThread() ? activity.sequence() : Envelope.NO_CAUSE;
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
    Duration quarter = deadline.dividedBy(4);
    boolean forksEnded = context.endForks(quarter);
    agenda().end(!keepInboxes, this::stopModule);
    boolean inTime = awaitEnd(begin, deadline.dividedBy(2), quarter);
    if (!inTime) {
      // Half of the time is for what waits; the rest belongs to the module's own stop method.
      agenda().end(false, this::stopModule);
      inTime = awaitEnd(begin, deadline, quarter);
    }
    context.leave();
    if (!inTime) {
      abandon();
    }
    mailbox.end(agenda());
    if (keepInboxes) {
      releaseInboxes();
      bus.grace().left(mailbox, name);
    } else {
      mailbox.inboxes().forEach(bus::discard);
    }
    if (!inTime) {
      // Not before: what it had set aside to rebuild, it would give back as unfit.
      thread.interrupt();
    }
    if (!inTime || !forksEnded) {
      return Stopped.ABANDONED;
    }
    return stopFailed ? Stopped.WITH_FAULT : Stopped.CLEANLY;
  }

  private void abandon() {
    agenda().abort();
    EventInbox untold = deliveries.abandon();
    EventInbox hanging = activity.handling();
    if (untold != null) {
      bus.inOrder(untold::expireTaken);
    } else if (hanging != null) {
      bus.inOrder(hanging::interrupt);
    }
    bus.quiet().maybeOpen();
  }

  private void stopModule() {
    SondeModule running = module;
    if (running == null) {
      return;
    }
    context.endQuestions();
    try {
      running.stop();
    } catch (Throwable thrown) {
      stopFailed = true;
      deliveries.report(Place.STOP, "stop", thrown);
    }
  }

  /// @param atLeast what is left, even if the device was suspended until the deadline had passed
  private boolean awaitEnd(long beginNanos, Duration deadline, Duration atLeast) {
    Duration left = deadline.minusNanos(System.nanoTime() - beginNanos);
    var _ =
        Patience.await(
            left.compareTo(atLeast) < 0 ? atLeast : left,
            nanos -> ended.await(nanos, TimeUnit.NANOSECONDS));
    return ended.getCount() == 0;
  }

  private void releaseInboxes() {
    bus.change(() -> mailbox.inboxes().forEach(EventInbox::release));
  }

  @Override
  public List<Inbox> inboxes() {
    return List.copyOf(mailbox.inboxes());
  }

  @Override
  public List<StackTraceElement> stack() {
    return activity.isBusy() ? List.of(thread.getStackTrace()) : List.of();
  }

  @Override
  public Duration busyFor() {
    return activity.busyFor();
  }

  @Override
  public Duration busyTime() {
    return activity.busyTime();
  }

  @Override
  public Duration cpuTimeOfForks() {
    return context.cpuTimeOfForks();
  }
}
