package dev.sonde.bridge;

import dev.sonde.bridge.Waiting.Identified;
import dev.sonde.bridge.codec.RecordCodec;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.EventFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Opening an inbox, or taking over that of the version before.
final class Subscribing {

  private Subscribing() {}

  static <E extends Event> Inbox subscribe(
      Bus bus,
      Mailbox mailbox,
      Agenda run,
      Subscription<E> subscription,
      Handler<? super E> handler) {
    @SuppressWarnings("unchecked") // The matcher lets only events of the subscription's types in.
    Handler<Event> any = (Handler<Event>) handler;
    EventInbox.Claim claim =
        new EventInbox.Claim(run, SubscriptionMatcher.of(subscription), subscription, any);
    String name = subscription.name();
    for (EventInbox existing : mailbox.inboxes()) {
      if (existing.name().equals(name) && existing.isAccepting()) {
        return resume(bus, existing, claim);
      }
    }
    return new ClaimedInbox(bus.open(mailbox, claim), run);
  }

  private static Inbox resume(Bus bus, EventInbox inbox, EventInbox.Claim claim) {
    if (inbox.isClaimed()) {
      throw new IllegalStateException(
          "There is a subscription named '"
              + inbox.name()
              + "' already; give one of them another name with Subscription.named");
    }
    EventInbox.Aside aside = bus.resume(inbox, claim);
    // Rebuilding runs the module's own code, which may do anything: no lock is held here.
    List<Identified> compatible = new ArrayList<>();
    List<Identified> wanted =
        aside.events().stream().filter(event -> isWanted(event.envelope(), claim)).toList();
    try {
      for (Identified event : wanted) {
        adapt(event.envelope(), claim)
            .flatMap(adapted -> identified(bus, adapted))
            .ifPresent(compatible::add);
      }
    } finally {
      bus.change(() -> inbox.giveBack(aside.claim(), wanted.size(), compatible));
    }
    return new ClaimedInbox(inbox, claim.reader());
  }

  /// Whether the new version asks for an event, be it as another record of the same name or topic.
  private static boolean isWanted(Envelope envelope, EventInbox.Claim claim) {
    Matcher matcher = claim.matcher().whileAway();
    return matcher.matches(envelope.event().getClass(), envelope.topic())
        || recordsFor(envelope.topic(), claim)
            .anyMatch(record -> matcher.matches(record, envelope.topic()));
  }

  /// The records of a topic among the types that the new version names.
  private static Stream<Class<? extends Event>> recordsFor(String topic, EventInbox.Claim claim) {
    return claim.subscription().types().stream()
        .flatMap(type -> EventType.recordsOf(type).stream())
        .filter(record -> topic.equals(EventType.declaredTopic(record)));
  }

  private static Optional<Identified> identified(Bus bus, Envelope envelope) {
    try {
      return Optional.of(new Identified(envelope, bus.identityOf(envelope)));
    } catch (RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }

  /// The event as the new version knows it: itself, or rebuilt as its record of the same topic.
  private static Optional<Envelope> adapt(Envelope envelope, EventInbox.Claim claim) {
    if (claim.matcher().matches(envelope.event().getClass(), envelope.topic())) {
      return Optional.of(envelope);
    }
    return recordsFor(envelope.topic(), claim)
        .findFirst()
        .flatMap(record -> rebuild(envelope, record));
  }

  private static Optional<Envelope> rebuild(Envelope envelope, Class<? extends Event> type) {
    try {
      Record rebuilt =
          RecordCodec.fromComponents(
              type.asSubclass(Record.class), RecordCodec.components((Record) envelope.event()));
      return Optional.of(
          new Envelope(
              envelope.sequence(),
              envelope.epochMicros(),
              envelope.topic(),
              envelope.module(),
              envelope.causedBy(),
              (Event) rebuilt));
    } catch (EventFormatException | RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }
}
