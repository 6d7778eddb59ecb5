package dev.sonde.bridge;

import dev.sonde.bridge.Waiting.Identified;
import dev.sonde.bridge.Waiting.Seized;
import dev.sonde.bridge.Waiting.Tally;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// A ring with one reader, as the stress tests use it: the publisher's side under the order lock,
/// the reader's without one. Events have the sequences 1, 2, 3 …, so that each says whether it is
/// the one that should have come.
final class StressedRing {

  private static final int MOST_EVENTS = 256;
  private static final int PAYLOAD_BYTES = 10;

  private static final List<Envelope> EVENTS =
      LongStream.rangeClosed(0, MOST_EVENTS).mapToObj(StressedRing::event).toList();

  private static final EventInbox.Claim CLAIM =
      new EventInbox.Claim(
          Agenda.NOBODY, Matcher.NOTHING, Subscription.of("stress"), (event, at) -> {});

  private static final EventInbox INBOX;

  static {
    Bus bus = new Bus();
    INBOX = EventInbox.of(bus, bus.mailbox("stress"), CLAIM);
  }

  private final SpinLock order = new SpinLock();
  private final Ring ring;
  private final RingReader reader;

  // Of the publisher's side.
  private long published;

  // Of the reader's side.
  private long taken;
  private int wrong;

  /// An event.
  @Topic("stress/TICK")
  record Tick(long sequence) implements Event {}

  /// @param capacity how many may wait
  /// @param front how many waited before the reader came to the ring
  /// @param waiting how many wait in the ring
  StressedRing(int capacity, int front, int waiting) {
    ring = new Ring(capacity, MOST_EVENTS * PAYLOAD_BYTES);
    List<Identified> before = new ArrayList<>();
    while (published < front) {
      Envelope next = EVENTS.get((int) ++published);
      before.add(new Identified(next, next.topic()));
    }
    reader = new RingReader(order, INBOX, CLAIM, ring, before);
    for (int i = 0; i < waiting; i++) {
      ring.add(EVENTS.get((int) ++published));
    }
  }

  private static Envelope event(long sequence) {
    return new Envelope(
        sequence, 0, "stress/TICK", "stress", Envelope.NO_CAUSE, new Tick(sequence), PAYLOAD_BYTES);
  }

  /// Adds a reader that never reads, and for which the ring goes on when the other is gone.
  void addIdleReader() {
    var _ = new RingReader(order, INBOX, CLAIM, ring, List.of());
  }

  // For the publisher.

  void publish(int events) {
    for (int i = 0; i < events; i++) {
      publishOne();
    }
  }

  private void publishOne() {
    order.lock();
    try {
      ring.add(EVENTS.get((int) ++published));
    } finally {
      order.unlock();
    }
  }

  void close() {
    order.lock();
    try {
      reader.close();
    } finally {
      order.unlock();
    }
  }

  Seized seize() {
    order.lock();
    try {
      return reader.seize();
    } finally {
      order.unlock();
    }
  }

  void letGo() {
    order.lock();
    try {
      ring.letGo();
    } finally {
      order.unlock();
    }
  }

  Tally tally() {
    order.lock();
    try {
      return reader.tally();
    } finally {
      order.unlock();
    }
  }

  // For the reader.

  void take(int times) {
    for (int i = 0; i < times; i++) {
      var _ = takeOne();
    }
  }

  /// @return whether there was one
  boolean takeOne() {
    Envelope envelope = reader.take(Waiting.NONE);
    if (envelope == null) {
      reader.refresh();
      envelope = reader.take(Waiting.NONE);
    }
    if (envelope == null) {
      return false;
    }
    taken++;
    if (envelope.sequence() != taken + reader.lost()) {
      wrong++;
    }
    return true;
  }

  void rest() {
    reader.rest();
  }

  // When both are done.

  void takeRest() {
    while (takeOne()) {
      // That was one.
    }
  }

  long published() {
    return published;
  }

  long taken() {
    return taken;
  }

  long lost() {
    return reader.lost();
  }

  /// How many were other events than those whose turn it was.
  int wrong() {
    return wrong;
  }
}
