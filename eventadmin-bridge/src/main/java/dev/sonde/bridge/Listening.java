package dev.sonde.bridge;

import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Subscription;
import java.time.Duration;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A subscription that belongs to no module, with a platform thread of its own: a tap in the shell,
/// or what leaves for plain handlers. Its slowness is its own: its inbox is bounded as every other.
public final class Listening implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  private static final Duration GRACE = Duration.ofMillis(200);

  private final Bus bus;
  private final Mailbox mailbox;
  private final EventInbox inbox;
  private final Thread thread;
  private long number;

  private Listening(
      Bus bus,
      String owner,
      Subscription<Event> subscription,
      Matcher matcher,
      Handler<Event> handler) {
    this.bus = bus;
    this.mailbox = bus.mailbox(owner);
    this.inbox = new EventInbox(bus, mailbox, subscription, matcher, handler);
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .inheritInheritableThreadLocals(false)
            .name("sonde-" + owner)
            .unstarted(this::run);
  }

  /// Listens to what a subscription says.
  ///
  /// @param owner a name that nobody else has
  /// @param handler called on a thread of its own
  public static Listening open(
      Bus bus, String owner, Subscription<Event> subscription, Handler<Event> handler) {
    return open(
        new Listening(bus, owner, subscription, SubscriptionMatcher.of(subscription), handler));
  }

  /// Listens to what a condition says.
  ///
  /// @param matches decides by class and topic; when its answers change, call [Bus#rematch]
  public static Listening open(
      Bus bus,
      String owner,
      Subscription<Event> subscription,
      BiPredicate<Class<? extends Event>, String> matches,
      Handler<Event> handler) {
    return open(new Listening(bus, owner, subscription, matches::test, handler));
  }

  private static Listening open(Listening listening) {
    listening.number = listening.mailbox.begin();
    listening.bus.open(listening.inbox);
    listening.thread.start();
    return listening;
  }

  private void run() {
    while (true) {
      switch (mailbox.take(number)) {
        case Mailbox.Work.Delivery delivery -> deliver(delivery);
        case Mailbox.Work.Job job -> {
          // Nobody hands tasks to a listening.
        }
        case Mailbox.Work.End end -> {
          return;
        }
      }
    }
  }

  private void deliver(Mailbox.Work.Delivery delivery) {
    boolean done = false;
    try {
      if (delivery.missed() > 0) {
        delivery.lagListener().accept(delivery.missed());
      }
      delivery.handler().handle(delivery.envelope().event(), delivery.envelope());
      done = true;
    } catch (Throwable thrown) {
      LOG.warn("{} could not take {}", mailbox.owner(), delivery.envelope().topic(), thrown);
    } finally {
      mailbox.handled(number, inbox, done);
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
    mailbox.abort(number);
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
