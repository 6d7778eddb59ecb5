package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Subscription;
import java.util.concurrent.atomic.AtomicLong;

/// A test's own account of one subscription, across all versions of its module, to hold against
/// [InboxCounts].
final class Account {

  private final Subscription<? extends Event> subscription;
  private final Handler<Event> handler;
  private final AtomicLong entered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong lastSequence = new AtomicLong();
  private volatile Inbox inbox;
  private volatile boolean outOfOrder;
  private final AtomicLong opened = new AtomicLong();
  private InboxCounts before = new InboxCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /// @param handler what it does with each event
  Account(Subscription<? extends Event> subscription, Handler<Event> handler) {
    this.subscription = subscription.onLagged(told::addAndGet);
    this.handler = handler;
  }

  /// Subscribes, for the first time or again.
  void open(ModuleContext context) {
    opened.incrementAndGet();
    inbox = context.on(subscription, this::handle);
    opened.incrementAndGet();
  }

  private void handle(Event event, Envelope at) throws Exception {
    entered.incrementAndGet();
    if (lastSequence.getAndSet(at.sequence()) >= at.sequence()) {
      outOfOrder = true;
    }
    try {
      handler.handle(event, at);
    } catch (Throwable thrown) {
      failed.incrementAndGet();
      throw thrown;
    }
  }

  Inbox inbox() {
    return inbox;
  }

  InboxCounts counts() {
    return inbox.counts();
  }

  long entered() {
    return entered.get();
  }

  /// What holds at any time. Called by one thread.
  void checkNow() {
    if (inbox == null) {
      return;
    }
    long enteredBefore = entered.get();
    long openedBefore = opened.get();
    InboxCounts now = inbox.counts();
    boolean open = openedBefore == opened.get() && openedBefore % 2 == 0;
    long enteredAfter = entered.get();
    boolean holds =
        now.isBalanced()
            && (!open || isWithinBounds(now))
            && now.matched() >= before.matched()
            && now.delivered() >= before.delivered()
            && now.overflow() >= before.overflow()
            && now.superseded() >= before.superseded()
            && now.expired() >= before.expired()
            && now.delivered() >= enteredBefore
            && now.delivered() <= enteredAfter + 1;
    if (!holds) {
      throw new AssertionError(
          this
              + ": "
              + now
              + " after "
              + before
              + ", entered "
              + enteredBefore
              + " to "
              + enteredAfter);
    }
    before = now;
  }

  private boolean isWithinBounds(InboxCounts now) {
    return now.waiting() >= 0
        && now.waiting() <= subscription.capacity()
        && now.waitingBytes() >= 0
        && now.waitingBytes() <= subscription.capacityBytes();
  }

  /// What holds when the module has nothing to do.
  void checkQuiet() {
    InboxCounts counts = inbox.counts();
    assertThat(counts.isBalanced()).as("%s: %s", this, counts).isTrue();
    assertThat(counts.waiting()).as("waiting of %s", this).isZero();
    assertThat(counts.waitingBytes()).as("waiting bytes of %s", this).isZero();
    assertThat(counts.delivered()).as("delivered of %s", this).isEqualTo(entered.get());
    assertThat(counts.failed()).as("failed of %s", this).isEqualTo(failed.get());
    assertThat(outOfOrder).as("order of %s", this).isFalse();
    assertThat(told.get()).as("told of %s", this).isLessThanOrEqualTo(lost(counts));
  }

  /// The same, for a subscription whose last event came after its last loss, so that all is told.
  void checkQuietAndTold(long matched) {
    checkQuiet();
    InboxCounts counts = inbox.counts();
    assertThat(told.get()).as("told of %s", this).isEqualTo(lost(counts));
    assertThat(counts.expired()).as("expired of %s", this).isZero();
    assertThat(counts.matched()).as("matched of %s", this).isEqualTo(matched);
  }

  private static long lost(InboxCounts counts) {
    return counts.overflow() + counts.incompatible();
  }

  @Override
  public String toString() {
    return subscription + ", " + subscription.capacityBytes() + " bytes";
  }
}
