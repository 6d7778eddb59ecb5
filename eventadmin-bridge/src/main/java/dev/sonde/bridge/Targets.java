package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Inboxes that get the same.
///
/// @param inboxes all of them
/// @param rings where it is written for those that drop the oldest
/// @param queues where it is added for the others
/// @param mailboxes whose threads to wake
record Targets(
    List<EventInbox> inboxes, List<Ring> rings, List<QueueReader> queues, List<Mailbox> mailboxes) {

  static final Targets NONE = of(List.of());

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
    return new Targets(
        List.copyOf(inboxes), List.copyOf(rings), List.copyOf(queues), List.copyOf(mailboxes));
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
