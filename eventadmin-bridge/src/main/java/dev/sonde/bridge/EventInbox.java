package dev.sonde.bridge;

import dev.sonde.bridge.Waiting.Identified;
import dev.sonde.bridge.Waiting.Seized;
import dev.sonde.bridge.Waiting.Tally;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Overflow;
import dev.sonde.bus.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A subscription's identity and its account, across the versions of its module. What waits is in
/// a [Waiting], which is exchanged whenever the inbox changes hands.
///
/// Everything here is guarded by the bus's order lock; the present [Waiting] may be read without,
/// and what says so.
public final class EventInbox implements Inbox {

  private static final Handler<Event> NOTHING = (event, at) -> {};

  private final Bus bus;
  private final Mailbox mailbox;
  private final String name;
  private volatile Waiting waiting;
  private volatile boolean accepting = true;

  /// Written by the module's thread only, and seldom.
  private volatile long slowestNanos;

  /// The sequence at which the present claim was made.
  private long claimedAt;

  /// The retained events, by sequence, that earlier claims were given.
  private Set<Long> givenBefore = Set.of();

  private long claims;
  private long matched;
  private long delivered;
  private long overflow;
  private long superseded;
  private long expired;
  private long incompatible;
  private long failed;
  private long interrupted;
  private List<Identified> aside = List.of();
  private long asideBytes;
  private long told;

  private EventInbox(Bus bus, Mailbox mailbox, Claim claim) {
    this.bus = bus;
    this.mailbox = mailbox;
    this.name = claim.subscription().name();
    this.waiting = new QueueReader(this, claim, List.of());
  }

  /// What a run of a module asks of an inbox.
  ///
  /// @param reader of the run whose thread takes, or [Agenda#NOBODY]
  /// @param matcher what arrives
  /// @param subscription how it waits
  /// @param handler who receives it
  record Claim(
      Agenda reader, Matcher matcher, Subscription<?> subscription, Handler<Event> handler) {}

  /// An inbox that nothing reaches before [#install].
  static EventInbox of(Bus bus, Mailbox mailbox, Claim claim) {
    return new EventInbox(bus, mailbox, claim);
  }

  Mailbox mailbox() {
    return mailbox;
  }

  Matcher matcher() {
    return waiting.claim().matcher();
  }

  Waiting waiting() {
    return waiting;
  }

  /// What was asked for.
  public Subscription<?> subscription() {
    return waiting.subscription();
  }

  /// Who receives what arrives.
  public Handler<Event> handler() {
    return waiting.handler();
  }

  boolean isAccepting() {
    return accepting;
  }

  /// Whether it is closed, and nothing waits any more.
  boolean isDrained() {
    return !accepting && waiting.size() == 0;
  }

  boolean isClaimed() {
    return waiting.reader() != Agenda.NOBODY;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int capacity() {
    return subscription().capacity();
  }

  @Override
  public void close() {
    bus.close(this);
  }

  @Override
  public boolean isClosed() {
    return isDrained();
  }

  @Override
  public InboxCounts counts() {
    return bus.inOrder(this::account);
  }

  /// A handler took so long. For the module's thread.
  void handledFor(long nanos) {
    if (nanos > slowestNanos) {
      slowestNanos = nanos;
    }
  }

  /// The longest time that its handler was seen to take. The clock is not read for each quick
  /// event, so below some microseconds this is the time of up to 32; and one slow event between
  /// quick ones of several inboxes of a module may go unseen.
  public Duration slowest() {
    return Duration.ofNanos(slowestNanos);
  }

  // What follows is called under the order lock.

  private InboxCounts account() {
    Tally tally = waiting.tally();
    return new InboxCounts(
        matched + tally.matched(),
        delivered + tally.delivered(),
        aside.size() + tally.waiting(),
        asideBytes + tally.waitingBytes(),
        overflow + tally.overflow(),
        superseded + tally.superseded(),
        expired,
        incompatible,
        failed + waiting.failures(),
        interrupted);
  }

  /// How many were lost since this was last asked, up to the next event.
  long takeUntold() {
    return untold(waiting.lost());
  }

  /// The same up to now: also what is lost of that which its reader has not come to yet.
  long takeUntoldNow() {
    return untold(waiting.tally().overflow());
  }

  private long untold(long lostOfWaiting) {
    long lost = overflow + incompatible + lostOfWaiting;
    long news = lost - told;
    told = lost;
    return news;
  }

  /// Something for its handler came another way, and never got to it.
  void miss() {
    matched++;
    overflow++;
  }

  /// The handler that is running will never be waited for.
  void interrupt() {
    interrupted++;
  }

  /// An event that was taken will not be handled.
  void expireTaken() {
    delivered--;
    expired++;
  }

  /// Takes out everything that waits; to be followed by [#install].
  List<Identified> withdraw() {
    Seized seized = waiting.seize();
    Tally tally = seized.tally();
    matched += tally.matched();
    delivered += tally.delivered();
    overflow += tally.overflow();
    superseded += tally.superseded();
    failed += waiting.failures();
    bus.routing().remove(this);
    return seized.waiting();
  }

  /// The same, with what was set aside before it: whoever wanted to give that back is too late.
  private List<Identified> withdrawAll() {
    List<Identified> all = new ArrayList<>(aside);
    all.addAll(withdraw());
    setAside(List.of());
    claims++;
    return all;
  }

  private void setAside(List<Identified> events) {
    aside = events;
    asideBytes = events.stream().mapToLong(event -> event.envelope().payloadBytes()).sum();
  }

  /// Puts something in place of what was withdrawn, and receives events from now on if it accepts
  /// any.
  void install(Claim claim, List<Identified> front) {
    waiting =
        accepting && claim.subscription().overflow() == Overflow.DROP_OLDEST
            ? new RingReader(bus.order(), this, claim, bus.routing().ringFor(claim), front)
            : new QueueReader(this, claim, front);
    if (accepting) {
      bus.routing().add(this);
    }
  }

  /// Begins with what is retained.
  void open(List<Identified> retained) {
    matched += retained.size();
    claimedAt = bus.sequence();
    install(waiting.claim(), retained);
  }

  /// Accepts nothing more; what waits is still delivered.
  void stopAccepting() {
    if (accepting) {
      accepting = false;
      waiting.close();
      bus.routing().remove(this);
    }
  }

  /// Counts everything that waits as expired, and lets go of everything that is the module's.
  ///
  /// @return how many waited
  long discard() {
    int waited = withdrawAll().size();
    expired += waited;
    accepting = false;
    Subscription<Event> stub = Subscription.of(name).capacity(capacity());
    install(new Claim(Agenda.NOBODY, Matcher.NOTHING, stub, NOTHING), List.of());
    return waited;
  }

  /// Its module goes away; the inbox stays and goes on filling.
  void release() {
    List<Identified> left = withdrawAll();
    install(new Claim(Agenda.NOBODY, matcher().whileAway(), subscription(), NOTHING), left);
  }

  /// The next version of the module takes over. What waits is set aside, to be looked at without a
  /// lock and given back with [#giveBack]; what arrives from now on waits behind it.
  Aside resume(Claim claim) {
    List<Identified> news = claim.subscription().wantsLast() ? notGiven(claim) : List.of();
    matched += news.size();
    List<Identified> all = inOrder(withdrawAll(), news);
    givenBefore = bus.retained().sequences(this::wasGiven);
    claimedAt = bus.sequence();
    setAside(all);
    install(claim, List.of());
    return new Aside(claims, all);
  }

  private List<Identified> notGiven(Claim claim) {
    return bus.retained().matching(claim.matcher()).stream()
        .filter(event -> !wasGiven(event.envelope()))
        .toList();
  }

  /// Whether a retained event has matched already.
  private boolean wasGiven(Envelope envelope) {
    boolean isAskedFor = matcher().matches(envelope.event().getClass(), envelope.topic());
    return givenBefore.contains(envelope.sequence())
        || (isAskedFor && (subscription().wantsLast() || envelope.sequence() > claimedAt));
  }

  private static List<Identified> inOrder(List<Identified> some, List<Identified> others) {
    return Stream.concat(some.stream(), others.stream())
        .sorted(Comparator.comparingLong(event -> event.envelope().sequence()))
        .toList();
  }

  /// What was set aside for one claim.
  record Aside(long claim, List<Identified> events) {}

  /// Puts what was set aside back before what arrived since; what is not among it is incompatible,
  /// or expired if it is not wanted any more. When the inbox has changed hands again meanwhile, all
  /// of it has been put back already.
  void giveBack(long claim, int wanted, List<Identified> compatible) {
    if (claim != claims) {
      return;
    }
    expired += aside.size() - wanted;
    incompatible += wanted - compatible.size();
    setAside(List.of());
    if (accepting) {
      List<Identified> all = new ArrayList<>(compatible);
      all.addAll(withdraw());
      install(waiting.claim(), all);
    } else {
      expired += compatible.size();
    }
  }

  /// Removes what fits and counts it as expired. On the module's thread, or when it has none.
  void purge(Predicate<Envelope> condition) {
    List<Identified> left = withdraw();
    int before = left.size();
    left.removeIf(event -> condition.test(event.envelope()));
    expired += before - left.size();
    install(waiting.claim(), left);
  }
}
