package dev.sonde.bridge;

import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;

/// An inbox as one version of a module holds it. When the next version has taken the inbox over,
/// closing this does nothing.
///
/// @param inbox the inbox
/// @param reader of the run that has it
record ClaimedInbox(EventInbox inbox, Agenda reader) implements Inbox {

  @Override
  public String name() {
    return inbox.name();
  }

  @Override
  public InboxCounts counts() {
    return inbox.counts();
  }

  @Override
  public int capacity() {
    return inbox.capacity();
  }

  @Override
  public boolean isClosed() {
    return inbox.isClosed();
  }

  @Override
  public void close() {
    if (inbox.waiting().reader() == reader) {
      inbox.close();
    }
  }
}
