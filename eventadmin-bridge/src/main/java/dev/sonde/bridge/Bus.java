package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.RevokedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The engine: gives each event its sequence and puts it into every matching inbox.
///
/// One lock, held for the few instructions between taking the sequence and having written the event
/// everywhere, gives all events one order. Subscriptions change under the same lock, so that a
/// subscription receives exactly the events after it. Those who read what was written do so without
/// it. Nothing in it runs code of modules, parks, or takes the lock again.
public final class Bus {

  /// A subscription's loss is published at most this often.
  static final long MISSED_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SpinLock order = new SpinLock();
  private final Gate room = new Gate();
  private final Gate quiet = new Gate();
  private final CarrierWatch watch = new CarrierWatch(Carriers::ofThisJvm);
  private final Questions questions = new Questions();
  private final WakeChain chain = new WakeChain(watch::arm);
  private final Doze doze = new Doze();
  private final Grace grace = new Grace(this);
  private final Map<String, Mailbox> mailboxes = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
  private final ClassValue<EventType> types =
      new ClassValue<>() {
        @Override
        protected EventType computeValue(Class<?> type) {
          return EventType.of(type.asSubclass(Event.class));
        }
      };

  // Both are guarded by the order lock.
  private final Routing routing = new Routing();
  private final RetainedEvents retained = new RetainedEvents();

  private final Publishing publishing;

  /// A bus of which nobody knows yet.
  public Bus() {
    this(InstantSource.system());
  }

  /// @param wallClock for the time in envelopes; for nothing else
  Bus(InstantSource wallClock) {
    publishing = new Publishing(this, questions, new WallClock(wallClock));
  }

  /// How events get in, besides [#publish].
  public Publishing publishing() {
    return publishing;
  }

  CarrierWatch watch() {
    return watch;
  }

  WakeChain chain() {
    return chain;
  }

  SpinLock order() {
    return order;
  }

  Routing routing() {
    return routing;
  }

  RetainedEvents retained() {
    return retained;
  }

  Doze doze() {
    return doze;
  }

  Grace grace() {
    return grace;
  }

  Gate room() {
    return room;
  }

  Gate quiet() {
    return quiet;
  }

  /// The type of an event's class.
  ///
  /// @throws IllegalArgumentException if it can not be published
  EventType typeOf(Class<? extends Event> eventClass) {
    return types.get(eventClass);
  }

  /// The mailbox of a bundle, made when it is first asked for.
  Mailbox mailbox(String owner) {
    return mailboxes.computeIfAbsent(owner, name -> new Mailbox(this, name));
  }

  /// All mailboxes.
  public List<Mailbox> mailboxes() {
    return List.copyOf(mailboxes.values());
  }

  /// The last sequence whose event is in every matching inbox.
  public long sequence() {
    return publishing.sequence();
  }

  /// How many requests wait for their answer.
  public int openAsks() {
    return questions.size();
  }

  /// Counts an event that a thread of an ended run published.
  void refuse(String owner) {
    refused.computeIfAbsent(owner, _ -> new LongAdder()).increment();
  }

  /// How many such events there were, by the symbolic name of the module's bundle.
  public Map<String, Long> refused() {
    Map<String, Long> counts = new TreeMap<>();
    refused.forEach((owner, count) -> counts.put(owner, count.sum()));
    return counts;
  }

  /// How many rings there are: one for all inboxes that drop the oldest, match the same and have
  /// the same bounds.
  public int ringCount() {
    return inOrder(routing::ringCount);
  }

  /// Publishes; see [dev.sonde.bus.EventBus#publish].
  ///
  /// @param causedBy the event that is being handled, or [Envelope#NO_CAUSE]
  public long publish(String module, Event event, long causedBy) {
    return publishing.publish(module, event, causedBy, null);
  }

  /// Publishes a question.
  long publish(String module, Event event, long causedBy, Question question) {
    return publishing.publish(module, event, causedBy, question);
  }

  /// Who asks, and for what.
  ///
  /// @param owner the run or bundle that asks; nothing else reads it
  record Question(Object owner, Class<? extends Event> answer, CompletableFuture<Event> reply) {}

  /// Drops the questions of one that ends.
  void forgetQuestions(Object owner, Throwable reason) {
    questions.forget(question -> question.owner().equals(owner), reason);
  }

  boolean wanted(Class<? extends Event> eventClass) {
    EventType type = types.get(eventClass);
    if (!questions.isEmpty() && questions.await(eventClass)) {
      return true;
    }
    String topic = type.topic();
    if (topic == null) {
      return true;
    }
    Route route = type.route;
    return !(route == null ? inOrder(() -> routing.routeOf(type, topic)) : route).isEmpty();
  }

  /// Whether an event of a class on this topic would reach anybody.
  boolean wanted(Class<? extends Event> eventClass, String topic) {
    EventType type = types.get(eventClass);
    return !inOrder(() -> routing.routeOf(type, topic)).isEmpty();
  }

  /// Runs while nothing is published.
  <T> T inOrder(Supplier<T> action) {
    order.lock();
    try {
      return action.get();
    } finally {
      order.unlock();
    }
  }

  void inOrder(Runnable action) {
    order.lock();
    try {
      action.run();
    } finally {
      order.unlock();
    }
  }

  /// Changes subscriptions: runs while nothing is published, and makes all routes anew.
  <T> T change(Supplier<T> change) {
    T result =
        inOrder(
            () -> {
              T changed = change.get();
              routing.forgetRoutes();
              return changed;
            });
    room.maybeOpen();
    quiet.maybeOpen();
    return result;
  }

  void change(Runnable change) {
    var _ =
        change(
            () -> {
              change.run();
              return true;
            });
  }

  /// Opens an inbox, with what is retained if it wants that.
  ///
  /// @throws RevokedException if the run that asks for it is over
  EventInbox open(Mailbox mailbox, EventInbox.Claim claim) {
    EventInbox inbox = EventInbox.of(this, mailbox, claim);
    open(inbox);
    return inbox;
  }

  /// Opens an inbox that nothing has reached yet; see [#open(Mailbox, EventInbox.Claim)].
  void open(EventInbox inbox) {
    Mailbox mailbox = inbox.mailbox();
    EventInbox.Claim claim = inbox.waiting().claim();
    change(
        () -> {
          mailbox.check(claim.reader());
          mailbox.attach(inbox);
          inbox.open(
              claim.subscription().wantsLast() ? retained.matching(claim.matcher()) : List.of());
        });
    claim.reader().wake();
  }

  /// Opens an inbox in place of another, which accepts nothing more from then on.
  EventInbox replace(EventInbox former, EventInbox.Claim claim) {
    EventInbox inbox = EventInbox.of(this, former.mailbox(), claim);
    change(
        () -> {
          former.mailbox().check(claim.reader());
          former.stopAccepting();
          former.mailbox().attach(inbox);
          inbox.open(List.of());
        });
    claim.reader().wake();
    return inbox;
  }

  /// Lets a run take over an inbox that a former one left.
  ///
  /// @throws RevokedException if the run that asks for it is over
  EventInbox.Aside resume(EventInbox inbox, EventInbox.Claim claim) {
    return change(
        () -> {
          inbox.mailbox().check(claim.reader());
          return inbox.resume(claim);
        });
  }

  Object identityOf(Envelope envelope) {
    return envelope.event() instanceof HandlerEvent
        ? envelope.topic()
        : types.get(envelope.event().getClass()).identityOf(envelope.event());
  }

  /// Accepts nothing more; what waits is still delivered.
  void close(EventInbox inbox) {
    change(
        () -> {
          inbox.stopAccepting();
          if (inbox.isDrained()) {
            inbox.mailbox().detach(inbox);
          }
        });
  }

  /// Closes, and counts what waits as expired.
  void discard(EventInbox inbox) {
    change(
        () -> {
          var _ = inbox.discard();
          inbox.mailbox().detach(inbox);
        });
  }

  /// Closes what is kept for a module, unless a run of it has begun.
  List<Grace.Closed> closeKept(Mailbox mailbox) {
    return change(
        () -> {
          List<EventInbox> kept = mailbox.hasEnded() ? mailbox.inboxes() : List.of();
          kept.forEach(mailbox::detach);
          return kept.stream().map(inbox -> new Grace.Closed(inbox, inbox.discard())).toList();
        });
  }

  /// Drops what a bundle's module left behind.
  void forget(String owner) {
    Mailbox mailbox = mailboxes.get(owner);
    if (mailbox != null && mailbox.hasEnded()) {
      grace.ended(mailbox);
      mailbox.inboxes().forEach(this::discard);
      mailboxes.remove(owner);
    }
  }

  /// Keeps nothing of some classes that were replaced: no retained event of theirs, no route, and
  /// what waits no longer than until it is taken.
  void letGo(Predicate<Class<?>> former) {
    change(
        () -> {
          retained.removeIf(ofClass(former));
          routing.rings().forEach(Ring::letGo);
        });
  }

  /// Removes every waiting and retained event of some classes, and counts the waiting ones as
  /// expired.
  void purge(Predicate<Class<?>> gone) {
    letGo(gone);
    questions.forget(
        question -> gone.test(question.answer()),
        new CancellationException("The bundle of the answer's record is gone"));
    Predicate<Envelope> condition = ofClass(gone);
    for (Mailbox mailbox : mailboxes.values()) {
      if (inOrder(() -> mailbox.holds(condition))) {
        mailbox.agenda().executeOrRun("purge", () -> purge(mailbox, condition));
      }
    }
  }

  private static Predicate<Envelope> ofClass(Predicate<Class<?>> condition) {
    return envelope -> condition.test(envelope.event().getClass());
  }

  /// What is not taken yet is changed on the thread that takes.
  private void purge(Mailbox mailbox, Predicate<Envelope> condition) {
    change(() -> mailbox.inboxes().forEach(inbox -> inbox.purge(condition)));
  }

  boolean awaitRoom(Duration deadline) throws InterruptedException {
    return room.await(() -> pacing().allMatch(this::hasRoom), deadline);
  }

  private boolean hasRoom(Waiting waiting) {
    return inOrder(waiting::hasRoom);
  }

  private Stream<Waiting> pacing() {
    return mailboxes.values().stream()
        .flatMap(mailbox -> mailbox.inboxes().stream())
        .filter(EventInbox::isAccepting)
        .map(EventInbox::waiting)
        .filter(waiting -> waiting.subscription().isPacing());
  }

  /// Whether any of a mailbox's inboxes is pacing.
  boolean isPacing(Mailbox mailbox) {
    return pacing().anyMatch(waiting -> waiting.inbox().mailbox() == mailbox);
  }

  boolean awaitQuiet(Duration deadline) throws InterruptedException {
    return quiet.await(this::isQuiet, deadline);
  }

  private boolean isQuiet() {
    long before = sequence();
    return mailboxes.values().stream().allMatch(Mailbox::isQuiet) && sequence() == before;
  }
}
