package dev.sonde.bridge;

import java.util.List;

/// Where an event goes: the inboxes that match, grouped by mailbox.
///
/// @param epoch the state of subscriptions for which this holds
/// @param stops the mailboxes, each with its matching inboxes
record Route(long epoch, List<Stop> stops) {

  /// One mailbox on the way.
  ///
  /// @param mailbox the mailbox
  /// @param inboxes its matching inboxes
  record Stop(Mailbox mailbox, List<EventInbox> inboxes) {}

  boolean isEmpty() {
    return stops.isEmpty();
  }
}
