package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Overflow;
import dev.sonde.bus.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A queue of the inbox's own, where what is lost depends on what was taken before: for inboxes
/// that drop the newest or keep the latest, and for what a closed inbox still has.
///
/// Publishers add under the bus's order lock and this lock; the reader takes under this lock.
final class QueueReader extends Waiting {

  private final SpinLock lock = new SpinLock();
  private final int capacity;
  private final long capacityBytes;
  private final boolean dropsNewest;
  private final Backlog backlog;
  private volatile int size;
  private volatile long overflow;

  // Guarded by the lock.
  private long bytes;
  private long matched;
  private long delivered;
  private long superseded;
  private boolean seized;

  // Of the reader's thread.
  private long told = -1;

  QueueReader(EventInbox inbox, EventInbox.Claim claim, List<Identified> front) {
    super(inbox, claim);
    Subscription<?> subscription = claim.subscription();
    this.capacity = subscription.capacity();
    this.capacityBytes = subscription.capacityBytes();
    this.dropsNewest = subscription.overflow() == Overflow.DROP_NEWEST;
    this.backlog =
        subscription.overflow() == Overflow.LATEST ? new Backlog.Latest() : new Backlog.InOrder();
    front.forEach(waiting -> insert(waiting.envelope(), waiting.identity()));
    size = backlog.size();
  }

  /// Takes an event in, or counts why not. Called under the order lock.
  void add(Envelope envelope, Object identity) {
    lock.lock();
    try {
      matched++;
      insert(envelope, identity);
      size = backlog.size();
    } finally {
      lock.unlock();
    }
  }

  private void insert(Envelope envelope, Object identity) {
    int payload = envelope.payloadBytes();
    if (payload > capacityBytes || (dropsNewest && !fits(backlog.size() + 1, bytes + payload))) {
      lose();
      return;
    }
    Envelope before = backlog.add(envelope, identity);
    if (before != null) {
      superseded++;
      bytes -= before.payloadBytes();
    }
    bytes += payload;
    while (!fits(backlog.size(), bytes)) {
      removeFirst();
      lose();
    }
  }

  private boolean fits(int events, long payload) {
    return events <= capacity && payload <= capacityBytes;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock; others only read
  private void lose() {
    overflow++;
  }

  private @Nullable Envelope removeFirst() {
    Envelope first = backlog.removeFirst();
    if (first != null) {
      bytes -= first.payloadBytes();
    }
    return first;
  }

  @Override
  boolean hasNewLoss() {
    long lost = overflow;
    if (lost == told) {
      return false;
    }
    told = lost;
    return true;
  }

  @Override
  void refresh() {}

  @Override
  long nextSequence() {
    if (size == 0) {
      return NONE;
    }
    lock.lock();
    try {
      Envelope first = seized ? null : backlog.first();
      return first == null ? NONE : first.sequence();
    } finally {
      lock.unlock();
    }
  }

  @Override
  @Nullable Envelope take(long sequence) {
    if (size == 0) {
      return null;
    }
    lock.lock();
    try {
      Envelope first = seized ? null : backlog.first();
      if (first == null || (sequence != NONE && first.sequence() != sequence)) {
        return null;
      }
      delivered++;
      Envelope taken = removeFirst();
      size = backlog.size();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  @Override
  long lost() {
    return overflow;
  }

  @Override
  int size() {
    return size;
  }

  @Override
  long payloadAtMost() {
    return countPayload();
  }

  @Override
  long countPayload() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  @Override
  Tally tally() {
    lock.lock();
    try {
      return account();
    } finally {
      lock.unlock();
    }
  }

  private Tally account() {
    return new Tally(matched, delivered, backlog.size(), bytes, overflow, superseded);
  }

  @Override
  boolean holds(Predicate<Envelope> condition) {
    boolean[] found = {false};
    lock.lock();
    try {
      backlog.forEach((envelope, identity) -> found[0] |= condition.test(envelope));
    } finally {
      lock.unlock();
    }
    return found[0];
  }

  @Override
  void close() {
    // Nobody adds any more once the routes are made anew.
  }

  @Override
  Seized seize() {
    lock.lock();
    try {
      seized = true;
      List<Identified> waiting = new ArrayList<>();
      backlog.forEach((envelope, identity) -> waiting.add(new Identified(envelope, identity)));
      return new Seized(account(), waiting);
    } finally {
      lock.unlock();
    }
  }
}
