package dev.sonde.bridge;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where an event goes.
///
/// @param inboxes the inboxes that match
/// @param rings where it is written for those that drop the oldest
/// @param queues where it is added for the others
/// @param mailboxes whose modules to wake
record Route(
    List<EventInbox> inboxes, List<Ring> rings, List<QueueReader> queues, List<Mailbox> mailboxes) {

  static final Route NOWHERE = to(List.of());

  static Route to(Collection<EventInbox> inboxes) {
    Set<EventInbox> all = new LinkedHashSet<>();
    Set<Ring> rings = new LinkedHashSet<>();
    Set<QueueReader> queues = new LinkedHashSet<>();
    Set<Mailbox> mailboxes = new LinkedHashSet<>();
    for (EventInbox inbox : inboxes) {
      all.add(inbox);
      mailboxes.add(inbox.mailbox());
      switch (inbox.waiting()) {
        case RingReader reader -> rings.add(reader.ring());
        case QueueReader queue -> queues.add(queue);
      }
    }
    return new Route(
        List.copyOf(all), List.copyOf(rings), List.copyOf(queues), List.copyOf(mailboxes));
  }

  boolean isEmpty() {
    return inboxes.isEmpty();
  }

  /// The same without one mailbox.
  Route past(Mailbox mailbox) {
    return to(inboxes.stream().filter(inbox -> inbox.mailbox() != mailbox).toList());
  }
}
