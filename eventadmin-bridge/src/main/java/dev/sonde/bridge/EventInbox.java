package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Overflow;
import dev.sonde.bus.Subscription;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One subscription's waiting events and their account. What counts and waits is guarded by the
/// mailbox's lock; the matcher changes under the bus's order lock as well.
public final class EventInbox implements Inbox {

  private static final Handler<Event> NOBODY = (event, at) -> {};

  private final Bus bus;
  private final Mailbox mailbox;
  private final String name;

  /// Read under the order lock, when routes are made.
  private Matcher matcher;

  private volatile Subscription<?> subscription;
  private volatile Handler<Event> handler;
  private Waiting waiting;
  private boolean accepting = true;
  private boolean claimed = true;
  private long claims;
  private boolean handling;
  private int aside;
  private long waitingBytes;
  private long matched;
  private long delivered;
  private long overflow;
  private long superseded;
  private long expired;
  private long incompatible;
  private long failed;
  private long interrupted;
  private long untold;
  private long unpublished;
  private long lastPublishedNanos;

  EventInbox(
      Bus bus,
      Mailbox mailbox,
      Subscription<?> subscription,
      Matcher matcher,
      Handler<Event> handler) {
    this.bus = bus;
    this.mailbox = mailbox;
    this.name = subscription.name();
    this.subscription = subscription;
    this.matcher = matcher;
    this.handler = handler;
    this.waiting = waitingFor(subscription);
    this.lastPublishedNanos = System.nanoTime() - Bus.MISSED_PERIOD_NANOS;
  }

  private static Waiting waitingFor(Subscription<?> subscription) {
    return subscription.overflow() == Overflow.LATEST
        ? new Waiting.Latest()
        : new Waiting.InOrder();
  }

  Mailbox mailbox() {
    return mailbox;
  }

  Matcher matcher() {
    return matcher;
  }

  void match(Matcher newMatcher) {
    matcher = newMatcher;
  }

  /// What was asked for.
  public Subscription<?> subscription() {
    return subscription;
  }

  Handler<Event> handler() {
    return handler;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int capacity() {
    return subscription.capacity();
  }

  @Override
  public void close() {
    bus.close(this);
  }

  @Override
  public boolean isClosed() {
    return mailbox.locked(() -> !accepting && waiting.size() == 0);
  }

  @Override
  public InboxCounts counts() {
    return mailbox.locked(
        () ->
            new InboxCounts(
                matched,
                delivered,
                waiting.size() + aside,
                waitingBytes,
                overflow,
                superseded,
                expired,
                incompatible,
                failed,
                interrupted));
  }

  // What follows is called with the mailbox locked.

  /// Takes an event in, or counts why not.
  void add(Envelope envelope, Object identity) {
    if (!accepting) {
      return;
    }
    matched++;
    insert(envelope, identity);
  }

  private void insert(Envelope envelope, Object identity) {
    int bytes = envelope.payloadBytes();
    boolean tooLarge = bytes > subscription.capacityBytes();
    boolean stays = subscription.overflow() == Overflow.DROP_NEWEST;
    if (tooLarge || (stays && !fits(waiting.size() + 1, waitingBytes + bytes))) {
      lost();
      return;
    }
    Envelope before = waiting.add(envelope, identity);
    if (before != null) {
      superseded++;
      waitingBytes -= before.payloadBytes();
    }
    waitingBytes += bytes;
    while (!fits(waiting.size(), waitingBytes)) {
      removeFirst();
      lost();
    }
  }

  private boolean fits(int events, long bytes) {
    return events <= subscription.capacity() && bytes <= subscription.capacityBytes();
  }

  private void lost() {
    overflow++;
    untold++;
  }

  private @Nullable Envelope removeFirst() {
    Envelope first = waiting.removeFirst();
    if (first != null) {
      waitingBytes -= first.payloadBytes();
    }
    return first;
  }

  @Nullable Envelope first() {
    return waiting.first();
  }

  /// Takes the first event out and counts it as delivered.
  @Nullable Envelope take() {
    Envelope first = removeFirst();
    if (first != null) {
      delivered++;
      handling = true;
    }
    return first;
  }

  /// How many were lost since this was last asked.
  long takeUntold() {
    long told = untold;
    untold = 0;
    unpublished += told;
    return told;
  }

  /// How many lost events are due to be published; 0 if that was done less than a second ago.
  long takeUnpublished() {
    long now = System.nanoTime();
    if (unpublished == 0 || now - lastPublishedNanos < Bus.MISSED_PERIOD_NANOS) {
      return 0;
    }
    long due = unpublished;
    unpublished = 0;
    lastPublishedNanos = now;
    return due;
  }

  long missedInAll() {
    return overflow + superseded + expired + incompatible;
  }

  void handled(boolean successfully) {
    handling = false;
    if (!successfully) {
      failed++;
    }
  }

  /// The handler that is running will never be waited for.
  void abandon() {
    if (handling) {
      handling = false;
      interrupted++;
    }
  }

  boolean hasRoomForPace() {
    return waiting.size() * 2 <= subscription.capacity();
  }

  int size() {
    return waiting.size();
  }

  boolean isAccepting() {
    return accepting;
  }

  void stopAccepting() {
    accepting = false;
  }

  /// Counts everything that waits as expired, and lets go of everything that is the module's:
  /// routes that were made before may refer to this inbox for a while.
  void discard() {
    accepting = false;
    purge(envelope -> true);
    claims++;
    handler = NOBODY;
    matcher = (type, topic) -> false;
    Subscription<Event> stub = Subscription.of(name).capacity(subscription.capacity());
    subscription = stub;
  }

  /// Removes what fits and counts it as expired.
  int purge(Predicate<Envelope> condition) {
    List<Envelope> removed = waiting.removeIf(condition);
    removed.forEach(envelope -> waitingBytes -= envelope.payloadBytes());
    expired += removed.size();
    return removed.size();
  }

  boolean isClaimed() {
    return claimed;
  }

  /// Its module goes away; the inbox stays and goes on filling.
  void release() {
    claimed = false;
    claims++;
    handler = NOBODY;
  }

  /// The number of the present claim.
  long claim() {
    return claims;
  }

  /// The next version of the module takes over. What waits is set aside, to be looked at without a
  /// lock and given back with [#giveBack]; what arrives from now on waits behind it.
  List<Envelope> claim(Subscription<?> newSubscription, Handler<Event> newHandler) {
    List<Envelope> before = waiting.removeIf(envelope -> true);
    subscription = newSubscription;
    handler = newHandler;
    claimed = true;
    claims++;
    waiting = waitingFor(newSubscription);
    waitingBytes = 0;
    aside = before.size();
    return before;
  }

  /// Puts what was set aside back before what arrived since; what is not among it is incompatible.
  void giveBack(List<Identified> compatible) {
    incompatible += aside - compatible.size();
    untold += aside - compatible.size();
    aside = 0;
    if (!accepting) {
      expired += compatible.size();
      return;
    }
    Waiting arrived = waiting;
    waiting = waitingFor(subscription);
    waitingBytes = 0;
    compatible.forEach(old -> insert(old.envelope(), old.identity()));
    arrived.forEach(this::insert);
  }

  /// An event and what tells its thing from others.
  record Identified(Envelope envelope, Object identity) {}
}
