package dev.sonde.bridge;

import dev.sonde.bridge.jfr.DeliveryEvent;
import dev.sonde.bridge.jfr.LagEvent;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Subscription;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A subscription that belongs to no module, with a platform thread of its own: a tap in the shell.
/// Its slowness is its own: its inbox is bounded as every other.
public final class Listening implements AutoCloseable, Mailbox.Worker {

  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  private static final Duration GRACE = Duration.ofMillis(200);

  private final Bus bus;
  private final Mailbox mailbox;
  private final Agenda agenda;
  private final EventInbox inbox;
  private final Thread thread;

  private Listening(
      Bus bus, String owner, Subscription<Event> subscription, Handler<Event> handler) {
    this.bus = bus;
    this.mailbox = bus.mailbox(owner);
    this.agenda = mailbox.begin();
    this.inbox =
        bus.open(
            mailbox,
            new EventInbox.Claim(
                agenda, SubscriptionMatcher.of(subscription), subscription, handler));
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .inheritInheritableThreadLocals(false)
            .name("sonde-" + owner)
            .unstarted(() -> mailbox.work(agenda, this));
  }

  /// Listens to what a subscription says.
  ///
  /// @param owner a name that nobody else has
  /// @param handler called on a thread of its own
  public static Listening open(
      Bus bus, String owner, Subscription<Event> subscription, Handler<Event> handler) {
    return open(new Listening(bus, owner, subscription, handler));
  }

  private static Listening open(Listening listening) {
    listening.thread.start();
    return listening;
  }

  @Override
  public void run(Agenda.Job job) {
    try {
      job.task().run();
    } catch (Throwable thrown) {
      LOG.warn("{}: {} failed", mailbox.owner(), job.what(), thrown);
    }
  }

  @Override
  public void deliver(Waiting from, Envelope envelope) {
    DeliveryEvent recorded = null;
    try {
      if (from.hasNewLoss()) {
        long missed = bus.inOrder(inbox::takeUntold);
        if (missed > 0) {
          LagEvent.lagged(mailbox.owner(), inbox.name(), missed);
          from.subscription().lagListener().accept(missed);
        }
      }
      recorded = DeliveryEvent.begun();
      from.handler().handle(envelope.event(), envelope);
    } catch (Throwable thrown) {
      from.fail();
      Faults.warn(LOG, mailbox.owner() + " could not take " + envelope.topic(), thrown);
    } finally {
      if (recorded != null) {
        recorded.delivered(mailbox.owner(), inbox.name(), envelope);
      }
    }
  }

  /// The account.
  public InboxCounts counts() {
    return inbox.counts();
  }

  Mailbox mailbox() {
    return mailbox;
  }

  /// Ends at once; what waits is counted as expired.
  @Override
  public void close() {
    agenda.abort();
    bus.discard(inbox);
    bus.forget(mailbox.owner());
    if (Thread.currentThread() != thread && !endsSoon()) {
      thread.interrupt();
    }
  }

  /// Somebody else's code that is interrupted may complain, so it gets a moment to end by itself.
  private boolean endsSoon() {
    try {
      return thread.join(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
