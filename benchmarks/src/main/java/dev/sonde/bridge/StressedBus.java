package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;

/// A bus with modules whose threads the stress tests play.
final class StressedBus {

  private static final Subscription<Event> ALL = Subscription.of("all").topics("stress/*");
  private static final Handler<Event> NOTHING = (event, at) -> {};

  private final Bus bus = new Bus();

  /// An event.
  @Topic("stress/NOTE")
  record Note(int number) implements Event {}

  /// A subscription of a module of its own.
  EventInbox subscribe(String owner, Subscription<Event> subscription) {
    Mailbox mailbox = bus.mailbox(owner);
    return bus.open(
        mailbox,
        new EventInbox.Claim(
            mailbox.begin(), SubscriptionMatcher.of(subscription), subscription, NOTHING));
  }

  EventInbox subscribe(String owner) {
    return subscribe(owner, ALL);
  }

  long publish(int number) {
    return bus.publish("stress", new Note(number), Envelope.NO_CAUSE);
  }

  /// Forgets the routes, by which the event's class would keep this bus.
  void end() {
    bus.change(() -> {});
  }

  /// The next that an inbox has, and its sequence; nothing is 0.
  static long take(EventInbox inbox) {
    Waiting waiting = inbox.waiting();
    waiting.refresh();
    Envelope next = waiting.take(Waiting.NONE);
    return next == null ? 0 : 10 * next.sequence() + ((Note) next.event()).number();
  }
}
