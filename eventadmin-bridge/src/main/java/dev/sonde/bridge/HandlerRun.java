package dev.sonde.bridge;

import dev.sonde.bridge.jfr.DeliveryEvent;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Subscription;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// What a plain handler has of the bus: an inbox, and a virtual thread that takes from it. Its
/// slowness is its own.
public final class HandlerRun implements Mailbox.Worker, Watched {

  private final Bus bus;
  private final Mailbox mailbox;
  private final Agenda agenda;
  private final Behaviour behaviour;
  private final int capacity;
  private final Thread thread;
  private final Activity activity = new Activity();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile EventInbox inbox;
  private volatile boolean lossy;

  /// What is run.
  public interface Behaviour extends Handler<Event> {

    /// It threw something.
    void failed(Envelope at, Throwable thrown);

    /// How long a call may take before it is [#overdue].
    Duration patience();

    /// A call takes too long. Told once until it returns, on another thread.
    ///
    /// @param where the innermost frame of its stack that is not the JDK's
    void overdue(Duration still, String where);

    /// It went on after having been overdue.
    void caughtUp();

    /// Called ten times a second, on another thread, while there is something to do.
    void look();

    /// Nothing more is to do for now, and something has been lost since this was last called.
    void restedAfterLoss();
  }

  /// One that nothing reaches before [#start].
  ///
  /// @param owner a name that nobody else has
  /// @param wanted which events
  /// @param capacity how many may wait; then the oldest is missed
  /// @param behaviour called on a thread of its own
  public HandlerRun(
      Bus bus, String owner, HandlerMatcher wanted, int capacity, Behaviour behaviour) {
    this.bus = bus;
    this.behaviour = behaviour;
    this.capacity = capacity;
    this.mailbox = bus.mailbox(owner);
    this.agenda = mailbox.begin();
    this.inbox = EventInbox.of(bus, mailbox, claim(wanted));
    this.thread =
        Thread.ofVirtual()
            .inheritInheritableThreadLocals(false)
            .name("sonde-" + owner)
            .unstarted(this::run);
  }

  /// Begins. From now on whoever publishes finds what is run, which must know this run by then.
  public void start() {
    bus.open(inbox);
    bus.watch().watch(this);
    thread.start();
  }

  private EventInbox.Claim claim(HandlerMatcher wanted) {
    String name = wanted.toString();
    return new EventInbox.Claim(
        agenda, wanted, Subscription.of(name).capacity(capacity), behaviour);
  }

  /// From now on other events arrive, behind those that wait.
  public void want(HandlerMatcher wanted) {
    if (!wanted.equals(inbox.matcher())) {
      inbox = bus.replace(inbox, claim(wanted));
    }
  }

  private void run() {
    try {
      mailbox.work(agenda, this);
    } finally {
      agenda.ended();
      bus.watch().forget(this);
      ended.countDown();
    }
  }

  @Override
  public void run(Agenda.Job job) {
    activity.beginJob();
    try {
      job.task().run();
    } catch (Throwable thrown) {
      throw new AssertionError("tasks of plain handlers catch what they throw", thrown);
    } finally {
      done();
    }
  }

  @Override
  public void deliver(Waiting from, Envelope envelope) {
    if (from.hasNewLoss()) {
      lossy = true;
    }
    activity.begin(from.inbox(), envelope.sequence());
    DeliveryEvent recorded = DeliveryEvent.begun();
    try {
      from.handler().handle(envelope.event(), envelope);
    } catch (Throwable thrown) {
      from.fail();
      behaviour.failed(envelope, thrown);
    } finally {
      if (recorded != null) {
        recorded.delivered(mailbox.owner(), from.inbox().name(), envelope);
      }
      done();
    }
  }

  private void done() {
    activity.end();
    if (thread.isInterrupted()) {
      var _ = Thread.interrupted();
    }
  }

  @Override
  public boolean rest() {
    if (lossy) {
      lossy = false;
      behaviour.restedAfterLoss();
    }
    return activity.rest();
  }

  /// Runs something on the handler's thread, soon; it must throw nothing.
  ///
  /// @throws RejectedExecutionException if too much is to be run, or it ends
  public void execute(String what, Runnable task) {
    agenda.execute(what, task::run);
  }

  /// One that was to be handled outside the inbox, and will never be.
  public void miss() {
    bus.inOrder(inbox::miss);
  }

  /// How many were lost since this was last asked, also while the handler does not return.
  public long takeUntold() {
    return bus.inOrder(inbox::takeUntoldNow);
  }

  /// The account.
  public InboxCounts counts() {
    return inbox.counts();
  }

  /// The subscription's name.
  public String subscription() {
    return inbox.name();
  }

  /// How long it has been at what it is at; zero if it waits for work.
  public Duration busyFor() {
    return activity.busyFor();
  }

  /// Ends after what waits, or at the deadline.
  public void drain(long endNanos) {
    agenda.end(true, () -> {});
    try {
      boolean _ = ended.await(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  /// Ends at once; what waits is counted as expired. What is being handled is left alone.
  public void close() {
    agenda.abort();
    mailbox.end(agenda);
    mailbox.inboxes().forEach(bus::discard);
    bus.forget(mailbox.owner());
  }

  @Override
  public String name() {
    return mailbox.owner();
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
    return !agenda.isParked();
  }

  @Override
  public void look() {
    behaviour.look();
  }

  @Override
  public void sitsOut() {
    agenda.sitOut();
  }

  @Override
  public Duration patience() {
    return behaviour.patience();
  }

  @Override
  public void overdue(Duration still, String where) {
    behaviour.overdue(still, where);
  }

  @Override
  public void caughtUp() {
    behaviour.caughtUp();
  }

  @Override
  public void stuck(Duration held, String where) {
    // It is overdue before, as those who merely wait are.
  }

  @Override
  public void goesOn(Duration held) {
    // The same.
  }
}
