package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The engine: gives each event its sequence and puts it into every matching inbox.
///
/// One lock, held for the few instructions between taking the sequence and having added the event
/// everywhere, gives all events one order. Subscriptions change under the same lock, so that a
/// subscription receives exactly the events after it. Inside it only mailbox locks are taken;
/// nothing that holds a mailbox lock publishes.
public final class Bus {

  /// A subscription's loss is published at most this often.
  static final long MISSED_PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// Routes of topics that no record declares; forgotten all together when there are more.
  private static final int MAX_PLAIN_ROUTES = 4096;

  private final ReentrantLock order = new ReentrantLock();
  private final Gate room = new Gate();
  private final Gate quiet = new Gate();
  private final Questions questions = new Questions();
  private final Map<String, Mailbox> mailboxes = new ConcurrentHashMap<>();
  private final ClassValue<EventType> types =
      new ClassValue<>() {
        @Override
        protected EventType computeValue(Class<?> type) {
          return EventType.of(type.asSubclass(Event.class));
        }
      };

  // What follows is guarded by the order lock.
  private final List<EventInbox> inboxes = new ArrayList<>();
  private final RetainedEvents retained = new RetainedEvents();
  private final Map<String, Route> plainRoutes = new HashMap<>();
  private long sequence;

  private final AtomicLong epoch = new AtomicLong();

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

  /// Whether the last event of this class is kept for those who come later.
  public boolean retains(Class<? extends Event> eventClass) {
    return types.get(eventClass).isRetained();
  }

  /// The mailbox of a bundle, made when it is first asked for.
  Mailbox mailbox(String owner) {
    return mailboxes.computeIfAbsent(owner, name -> new Mailbox(this, name));
  }

  /// All mailboxes.
  public List<Mailbox> mailboxes() {
    return List.copyOf(mailboxes.values());
  }

  /// The last sequence that was given.
  public long sequence() {
    Spin.lock(order);
    try {
      return sequence;
    } finally {
      order.unlock();
    }
  }

  /// Publishes; see [dev.sonde.bus.EventBus#publish].
  ///
  /// @param causedBy the event that is being handled, or [Envelope#NO_CAUSE]
  public long publish(String module, Event event, long causedBy) {
    return publish(module, event, causedBy, null, null);
  }

  /// Publishes to everybody but one, who has the event already.
  public long publishPast(@Nullable Listening past, String module, Event event) {
    return publish(module, event, Envelope.NO_CAUSE, null, past == null ? null : past.mailbox());
  }

  /// Publishes a question.
  long publish(String module, Event event, long causedBy, Question question) {
    return publish(module, event, causedBy, question, null);
  }

  private long publish(
      String module,
      Event event,
      long causedBy,
      @Nullable Question question,
      @Nullable Mailbox past) {
    EventType type = types.get(event.getClass());
    String topic = type.topicOf(event);
    Object identity = type.identityOf(event);
    int payloadBytes = event.payloadBytes();
    Instant now = Instant.now();
    long micros = now.getEpochSecond() * 1_000_000L + now.getNano() / 1_000;
    Envelope envelope;
    Spin.lock(order);
    try {
      envelope = new Envelope(++sequence, micros, topic, module, causedBy, event, payloadBytes);
      if (question != null) {
        questions.put(sequence, question.answer(), question.reply());
      }
      for (Route.Stop stop : routeOf(type, topic).stops()) {
        if (stop.mailbox() != past) {
          stop.mailbox().add(stop.inboxes(), envelope, identity);
        }
      }
      if (type.isRetained()) {
        retained.put(identity, envelope);
      }
    } finally {
      order.unlock();
    }
    questions.answer(envelope);
    return envelope.sequence();
  }

  /// Who asks, and for what.
  record Question(Class<? extends Event> answer, CompletableFuture<Event> reply) {}

  boolean wanted(Class<? extends Event> eventClass) {
    EventType type = types.get(eventClass);
    if (!questions.isEmpty() && questions.await(eventClass)) {
      return true;
    }
    if (type.topic() == null) {
      return true;
    }
    Route route = type.route;
    if (route == null || route.epoch() != epoch.get()) {
      Spin.lock(order);
      try {
        route = routeOf(type, type.topic());
      } finally {
        order.unlock();
      }
    }
    return !route.isEmpty();
  }

  /// Whether an event of a class that may not be known yet, on this topic, would reach anybody.
  ///
  /// @param past does not count
  public boolean wanted(@Nullable Listening past, Class<? extends Event> eventClass, String topic) {
    Mailbox without = past == null ? null : past.mailbox();
    Spin.lock(order);
    try {
      return inboxes.stream()
          .anyMatch(
              inbox -> inbox.mailbox() != without && inbox.matcher().matches(eventClass, topic));
    } finally {
      order.unlock();
    }
  }

  private Route routeOf(EventType type, String topic) {
    Route known = type.topic() == null ? plainRoutes.get(topic) : type.route;
    if (known != null && known.epoch() == epoch.get()) {
      return known;
    }
    Route route = computeRoute(type.eventClass(), topic);
    if (type.topic() != null) {
      type.route = route;
    } else {
      if (plainRoutes.size() >= MAX_PLAIN_ROUTES) {
        plainRoutes.clear();
      }
      plainRoutes.put(topic, route);
    }
    return route;
  }

  private Route computeRoute(Class<? extends Event> eventClass, String topic) {
    Map<Mailbox, List<EventInbox>> matching = new LinkedHashMap<>();
    for (EventInbox inbox : inboxes) {
      if (inbox.matcher().matches(eventClass, topic)) {
        matching.computeIfAbsent(inbox.mailbox(), mailbox -> new ArrayList<>()).add(inbox);
      }
    }
    List<Route.Stop> stops = new ArrayList<>();
    matching.forEach((mailbox, its) -> stops.add(new Route.Stop(mailbox, List.copyOf(its))));
    return new Route(epoch.get(), List.copyOf(stops));
  }

  /// Says that a condition given to [Listening#open] answers otherwise now.
  public void rematch() {
    change(() -> {});
  }

  /// Changes subscriptions: runs while nothing is published, and makes all routes anew.
  void change(Runnable change) {
    Spin.lock(order);
    try {
      change.run();
      epoch.incrementAndGet();
      plainRoutes.clear();
    } finally {
      order.unlock();
    }
    room.maybeOpen();
    quiet.maybeOpen();
  }

  /// Opens an inbox, with what is retained if it wants that.
  void open(EventInbox inbox) {
    change(
        () -> {
          inbox.mailbox().attach(inbox);
          if (inbox.subscription().wantsLast()) {
            for (Envelope envelope : retained.matching(e -> matches(inbox, e))) {
              inbox.mailbox().add(List.of(inbox), envelope, identityOf(envelope));
            }
          }
          inboxes.add(inbox);
        });
  }

  private static boolean matches(EventInbox inbox, Envelope envelope) {
    return inbox.matcher().matches(envelope.event().getClass(), envelope.topic());
  }

  Object identityOf(Envelope envelope) {
    return types.get(envelope.event().getClass()).identityOf(envelope.event());
  }

  /// Accepts nothing more; what waits is still delivered.
  void close(EventInbox inbox) {
    change(
        () -> {
          inboxes.remove(inbox);
          inbox.mailbox().close(inbox);
        });
  }

  /// Closes, and counts what waits as expired.
  void discard(EventInbox inbox) {
    close(inbox);
    inbox.mailbox().locked(inbox::discard);
    inbox.mailbox().detach(inbox);
  }

  /// Drops what a bundle's module left behind.
  void forget(String owner) {
    Mailbox mailbox = mailboxes.get(owner);
    if (mailbox != null && mailbox.hasEnded()) {
      mailbox.inboxes().forEach(this::discard);
      mailboxes.remove(owner);
    }
  }

  /// Removes every waiting and retained event of some classes, and counts the waiting ones as
  /// expired.
  void purge(Predicate<Class<?>> gone) {
    Predicate<Envelope> condition = envelope -> gone.test(envelope.event().getClass());
    change(
        () -> {
          retained.removeIf(condition);
          inboxes.forEach(inbox -> inbox.mailbox().locked((Runnable) () -> inbox.purge(condition)));
        });
  }

  boolean awaitRoom(Duration deadline) throws InterruptedException {
    return room.await(() -> pacing().stream().allMatch(Bus::hasRoom), deadline);
  }

  private static boolean hasRoom(EventInbox inbox) {
    return inbox.mailbox().locked(inbox::hasRoomForPace);
  }

  private List<EventInbox> pacing() {
    Spin.lock(order);
    try {
      return inboxes.stream().filter(inbox -> inbox.subscription().isPacing()).toList();
    } finally {
      order.unlock();
    }
  }

  /// Whether any of a mailbox's inboxes is pacing.
  boolean isPacing(Mailbox mailbox) {
    return pacing().stream().anyMatch(inbox -> inbox.mailbox() == mailbox);
  }

  boolean awaitQuiet(Duration deadline) throws InterruptedException {
    return quiet.await(this::isQuiet, deadline);
  }

  private boolean isQuiet() {
    long before = sequence();
    return mailboxes.values().stream().allMatch(Mailbox::isQuiet) && sequence() == before;
  }
}
