package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Inboxes that get the same.
final class Targets {

  private final List<EventInbox> inboxes;

  // Arrays, for they are gone through for each event.

  /// Where it is written for those that drop the oldest.
  private final Ring[] rings;

  /// Where it is added for the others.
  private final QueueReader[] queues;

  /// Whose threads to wake.
  private final Mailbox[] mailboxes;

  private Targets(
      Collection<EventInbox> inboxes,
      Collection<Ring> rings,
      Collection<QueueReader> queues,
      Collection<Mailbox> mailboxes) {
    this.inboxes = List.copyOf(inboxes);
    this.rings = rings.toArray(Ring[]::new);
    this.queues = queues.toArray(QueueReader[]::new);
    this.mailboxes = mailboxes.toArray(Mailbox[]::new);
  }

  static Targets of(Collection<EventInbox> inboxes) {
    Set<Ring> rings = new LinkedHashSet<>();
    Set<QueueReader> queues = new LinkedHashSet<>();
    Set<Mailbox> mailboxes = new LinkedHashSet<>();
    for (EventInbox inbox : inboxes) {
      mailboxes.add(inbox.mailbox());
      switch (inbox.waiting()) {
        case RingReader reader -> rings.add(reader.ring());
        case QueueReader queue -> queues.add(queue);
      }
    }
    return new Targets(inboxes, rings, queues, mailboxes);
  }

  List<EventInbox> inboxes() {
    return inboxes;
  }

  boolean isEmpty() {
    return inboxes.isEmpty();
  }

  /// Called under the order lock.
  void add(Envelope envelope, Object identity) {
    for (Ring ring : rings) {
      ring.add(envelope);
    }
    for (QueueReader queue : queues) {
      queue.add(envelope, identity);
    }
  }

  /// To be called after a full fence: whoever parks looks at what was written and at whether it is
  /// parked the other way round.
  void wake() {
    for (Mailbox mailbox : mailboxes) {
      Agenda agenda = mailbox.agenda();
      if (agenda.isParked()) {
        agenda.wakeParked();
      }
    }
  }
}
