package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A position in a [Ring], for an inbox that drops the oldest.
///
/// What the inbox had before it came to the ring is in front. One cursor runs over both, and is the
/// single truth about what is taken: whoever moves it past an event has that event. The reader's
/// thread moves it without a lock, so each move is a compare-and-set, which fails once the cursor
/// was seized.
final class RingReader extends Waiting {

  private static final long SEIZED = Long.MIN_VALUE;

  private final SpinLock order;
  private final Ring ring;
  private final List<Identified> front;

  /// The ring's tail when this began.
  private final long base;

  private final long bytesBefore;
  private final long oversizedBefore;
  private final PaddedLong cursor = new PaddedLong();

  // Of the reader's thread.
  private long known;

  // Guarded by the order lock.
  private long skipped;
  private long frontBytes;
  private int frontCounted;

  /// Called under the order lock.
  RingReader(
      SpinLock order, EventInbox inbox, EventInbox.Claim claim, Ring ring, List<Identified> front) {
    super(inbox, claim);
    this.order = order;
    this.ring = ring;
    this.front = front;
    this.base = ring.tail();
    this.bytesBefore = ring.writtenBytes();
    this.oversizedBefore = ring.oversized();
    this.known = front.size();
    front.forEach(waiting -> frontBytes += waiting.envelope().payloadBytes());
    ring.attach(this);
  }

  Ring ring() {
    return ring;
  }

  /// Where it is in the ring; at its beginning while it still has something in front.
  long position() {
    return base + Math.max(0, cursor.get() - front.size());
  }

  private long positionOf(long index) {
    return base + index - front.size();
  }

  private long end() {
    return front.size() + ring.tail() - base;
  }

  @Override
  void refresh() {
    known = end();
  }

  @Override
  long nextSequence() {
    while (true) {
      long index = cursor.getPlain();
      if (index >= known || index == SEIZED) {
        return NONE;
      }
      if (index < front.size()) {
        skipLost();
        index = cursor.getPlain();
      }
      Envelope envelope = peek(index);
      if (envelope != null) {
        return envelope.sequence();
      }
    }
  }

  @Override
  @Nullable Envelope take(long sequence) {
    while (true) {
      long index = cursor.getPlain();
      if (index >= known) {
        refresh();
        if (index >= known) {
          return null;
        }
      }
      if (index < front.size()) {
        skipLost();
        index = cursor.getPlain();
      }
      if (index == SEIZED) {
        return null;
      }
      Envelope envelope = peek(index);
      if (envelope != null) {
        return (sequence == NONE || envelope.sequence() == sequence)
                && cursor.advance(index, index + 1)
            ? envelope
            : null;
      }
    }
  }

  /// What is at an index; null, and the cursor has moved, if it was lost.
  private @Nullable Envelope peek(long index) {
    if (index >= 0 && index < front.size()) {
      return front.get((int) index).envelope();
    }
    Envelope envelope = ring.get(positionOf(index));
    if (envelope != null && positionOf(index) >= ring.head()) {
      return envelope;
    }
    skipLost();
    return null;
  }

  /// Moves past what was evicted, and counts it.
  private void skipLost() {
    order.lock();
    try {
      long index = cursor.getPlain();
      long first = firstKept(index);
      if (index != SEIZED && first > index) {
        cursor.advance(index, first);
        skipped += first - index;
        ring.recheck();
      }
    } finally {
      order.unlock();
    }
  }

  /// The first index, from one on, that is not lost.
  private long firstKept(long index) {
    if (ring.head() > base) {
      return Math.max(index, front.size() + ring.head() - base);
    }
    long first = Math.max(index, frontCounted);
    long behind = ring.tail() - base;
    while (first < front.size()
        && (front.size() - first + behind > ring.capacity()
            || bytesFrom(first) > ring.capacityBytes())) {
      first++;
    }
    return first;
  }

  /// The payload that waits from an index in front on.
  private long bytesFrom(long index) {
    while (frontCounted < index) {
      frontBytes -= front.get(frontCounted).envelope().payloadBytes();
      frontCounted++;
    }
    return frontBytes + ring.writtenBytes() - bytesBefore;
  }

  @Override
  long lost() {
    return skipped + ring.oversized() - oversizedBefore;
  }

  @Override
  int size() {
    long waiting = end() - Math.max(cursor.get(), front.size() + ring.head() - base);
    return Math.clamp(waiting, 0, ring.capacity());
  }

  @Override
  Tally tally() {
    return tally(cursor.get());
  }

  private Tally tally(long index) {
    long first = firstKept(index);
    long end = end();
    long tooLarge = ring.oversized() - oversizedBefore;
    long bytes = 0;
    for (long i = first; i < end && ring.writtenBytes() + frontBytes > 0; i++) {
      bytes += at(i).envelope().payloadBytes();
    }
    return new Tally(
        end - front.size() + tooLarge,
        index - skipped,
        end - first,
        bytes,
        skipped + first - index + tooLarge,
        0);
  }

  private Identified at(long index) {
    if (index < front.size()) {
      return front.get((int) index);
    }
    Envelope envelope = ring.get(positionOf(index));
    if (envelope == null) {
      throw new IllegalStateException("An event that waits at " + positionOf(index) + " is gone");
    }
    return new Identified(envelope, envelope.topic());
  }

  @Override
  boolean holds(Predicate<Envelope> condition) {
    for (long i = firstKept(cursor.get()); i < end(); i++) {
      if (condition.test(at(i).envelope())) {
        return true;
      }
    }
    return false;
  }

  @Override
  Seized seize() {
    long index = cursor.getAndSet(SEIZED);
    Tally tally = tally(index);
    List<Identified> waiting = new ArrayList<>();
    for (long i = firstKept(index); i < end(); i++) {
      waiting.add(at(i));
    }
    ring.detach(this);
    return new Seized(tally, waiting);
  }
}
