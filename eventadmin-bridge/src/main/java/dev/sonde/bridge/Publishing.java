package dev.sonde.bridge;

import dev.sonde.bridge.jfr.PublishEvent;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Filter;

/// The way of an event into the inboxes of modules and of plain handlers, whether it was published
/// typed or posted as a plain one.
///
/// What asks code of modules or of plain bundles (payload size, key, filters, making a record of a
/// map) is done before the order lock is taken, or while it is left.
public final class Publishing {

  private static final long REFUSED = -1;
  private static final long WANTED_BY_MODULES = -2;

  private final Bus bus;
  private final SpinLock order;
  private final Routing routing;
  private final RetainedEvents retained;
  private final Questions questions;
  private final WallClock clock;

  /// Of events that declare no topic.
  private final EventType plain;

  /// The last sequence whose event is in every matching inbox; written under the order lock.
  private final PaddedLong published = new PaddedLong();

  // What follows is guarded by the order lock.
  private Function<Event, Predicate<Filter>> filterView = event -> filter -> false;
  private boolean closedToHandlers = true;

  Publishing(Bus bus, Questions questions, WallClock clock) {
    this.bus = bus;
    this.order = bus.order();
    this.routing = bus.routing();
    this.retained = bus.retained();
    this.questions = questions;
    this.clock = clock;
    this.plain = bus.typeOf(PlainEvent.class);
  }

  /// The last sequence whose event is in every matching inbox.
  long sequence() {
    return published.get();
  }

  /// Publishes a typed event.
  long publish(String module, Event event, long causedBy, Bus.@Nullable Question question) {
    return publish(module, event, causedBy, question, Handlers.SEE_IT_TYPED, null);
  }

  /// Publishes what plain handlers get from somebody else.
  ///
  /// @param declared the record of the topic, if there is one
  /// @param typed makes the event, or null if modules have it; not asked if none wants it
  public void publishToModules(
      String module,
      String topic,
      @Nullable Class<? extends Event> declared,
      Supplier<@Nullable Event> typed) {
    EventType type = typeOrNull(declared);
    if (!bus.inOrder(() -> modulesWant(routing.routeOf(plain, topic), type, topic))) {
      return;
    }
    Event event = typed.get();
    if (event != null) {
      var _ = publish(module, event, Envelope.NO_CAUSE, null, Handlers.HAVE_IT, null);
    }
  }

  /// Publishes what was posted as a plain event: to modules that want it, and to plain handlers.
  ///
  /// @param declared the record of the topic, if there is one
  /// @param typed makes the event for modules, or null if they have it; not asked if none wants it
  /// @return false if plain handlers get nothing any more, and so nobody got this
  public boolean post(
      String module,
      String topic,
      HandlerEvent posted,
      @Nullable Class<? extends Event> declared,
      Supplier<@Nullable Event> typed) {
    EventType type = typeOrNull(declared);
    long sequence = postPast(module, topic, posted, type, true);
    if (sequence == WANTED_BY_MODULES) {
      Event event = typed.get();
      sequence =
          event == null
              ? postPast(module, topic, posted, type, false)
              : publish(module, event, Envelope.NO_CAUSE, null, Handlers.SEE_IT_POSTED, posted);
    }
    return sequence != REFUSED;
  }

  private @Nullable EventType typeOrNull(@Nullable Class<? extends Event> eventClass) {
    return eventClass == null ? null : bus.typeOf(eventClass);
  }

  /// Posts to plain handlers.
  ///
  /// @param unless whether not to if a module wants it too
  private long postPast(
      String module,
      String topic,
      HandlerEvent posted,
      @Nullable EventType declared,
      boolean unless) {
    PublishEvent recorded = PublishEvent.begun();
    int payloadBytes = posted.payloadBytes();
    long micros = clock.epochMicros();
    Screening screening;
    Envelope envelope;
    order.lock();
    try {
      screening = screen(plain, topic, posted);
      if (unless && modulesWant(screening.route(), declared, topic)) {
        return WANTED_BY_MODULES;
      }
      if (closedToHandlers) {
        return REFUSED;
      }
      long sequence = published.getPlain() + 1;
      envelope =
          new Envelope(sequence, micros, topic, module, Envelope.NO_CAUSE, posted, payloadBytes);
      screening.add(envelope);
      published.set(sequence);
    } finally {
      order.unlock();
    }
    VarHandle.fullFence();
    screening.wake();
    if (recorded != null) {
      recorded.published(envelope, screening.route().size());
    }
    return envelope.sequence();
  }

  /// Where an event goes. Called under the order lock, which is left while filters are asked, and
  /// that again if somebody has come or gone meanwhile.
  ///
  /// @param seen what plain handlers get
  @SuppressWarnings("ReferenceEquality") // every change of subscriptions makes other routes
  private Screening screen(EventType type, String topic, Event seen) {
    Route route = routing.routeOf(type, topic);
    while (!route.screened().isEmpty()) {
      Route asked = route;
      Screening screening = screenUnlocked(asked, seen);
      route = routing.routeOf(type, topic);
      if (route == asked) {
        return screening;
      }
    }
    return route.unasked();
  }

  /// Called under the order lock, and leaves it for the while.
  private Screening screenUnlocked(Route route, Event seen) {
    Function<Event, Predicate<Filter>> view = filterView;
    order.unlock();
    try {
      return Screening.of(
          route, seen instanceof HandlerEvent posted ? posted::passes : view.apply(seen));
    } finally {
      order.lock();
    }
  }

  /// Called under the order lock.
  private boolean modulesWant(Route asPlain, @Nullable EventType declared, String topic) {
    return !asPlain.modules().isEmpty()
        || (declared != null
            && (declared.isRetained() || !routing.routeOf(declared, topic).modules().isEmpty()));
  }

  /// Whom a plain event reaches that is sent now.
  ///
  /// @param handlers the inboxes of plain handlers
  /// @param byModules whether modules want it
  public record Reached(List<EventInbox> handlers, boolean byModules) {}

  /// Whom a plain event reaches, without posting it.
  ///
  /// @param declared the record of the topic, if there is one
  /// @return null if plain handlers get nothing any more
  public @Nullable Reached reached(
      String topic, HandlerEvent posted, @Nullable Class<? extends Event> declared) {
    EventType type = typeOrNull(declared);
    return bus.inOrder(
        () -> {
          Screening screening = screen(plain, topic, posted);
          return closedToHandlers
              ? null
              : new Reached(screening.inboxes(), modulesWant(screening.route(), type, topic));
        });
  }

  /// From now on plain handlers get events.
  ///
  /// @param view how filters see a typed event
  public void openToHandlers(Function<Event, Predicate<Filter>> view) {
    bus.inOrder(
        () -> {
          filterView = view;
          closedToHandlers = false;
        });
  }

  /// From now on nothing more arrives for plain handlers.
  public void closeToHandlers() {
    bus.inOrder(() -> closedToHandlers = true);
  }

  /// How plain handlers get an event.
  private enum Handlers {
    SEE_IT_TYPED,
    SEE_IT_POSTED,
    /// From somebody else.
    HAVE_IT
  }

  private long publish(
      String module,
      Event event,
      long causedBy,
      Bus.@Nullable Question question,
      Handlers handlers,
      @Nullable HandlerEvent posted) {
    PublishEvent recorded = PublishEvent.begun();
    EventType type = bus.typeOf(event.getClass());
    String topic = type.topicOf(event);
    Object identity = type.identityOf(event);
    int payloadBytes = event.payloadBytes();
    long micros = clock.epochMicros();
    Event seen = posted == null ? event : posted;
    boolean toHandlers = handlers != Handlers.HAVE_IT;
    Envelope envelope;
    Screening screening;
    order.lock();
    try {
      screening = toHandlers ? screen(type, topic, seen) : routing.routeOf(type, topic).unasked();
      toHandlers &= screening.route().reachesHandlers();
      if (closedToHandlers) {
        if (handlers == Handlers.SEE_IT_POSTED) {
          return REFUSED;
        }
        toHandlers = false;
      }
      long sequence = published.getPlain() + 1;
      envelope = new Envelope(sequence, micros, topic, module, causedBy, event, payloadBytes);
      if (question != null) {
        questions.put(sequence, question);
      }
      screening.route().modules().add(envelope, identity);
      if (toHandlers) {
        screening.add(
            posted == null
                ? envelope
                : new Envelope(sequence, micros, topic, module, causedBy, posted, payloadBytes));
      }
      if (type.isRetained()) {
        retained.put(identity, envelope);
      }
      published.set(sequence);
    } finally {
      order.unlock();
    }
    // What was written before, and whether somebody waits for it.
    VarHandle.fullFence();
    screening.route().modules().wake();
    if (toHandlers) {
      screening.wake();
    }
    if (causedBy != Envelope.NO_CAUSE) {
      questions.answer(envelope);
    }
    if (recorded != null) {
      recorded.published(envelope, screening.route().size());
    }
    return envelope.sequence();
  }
}
