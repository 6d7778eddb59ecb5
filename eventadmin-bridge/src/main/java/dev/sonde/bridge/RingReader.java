package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A position in a [Ring], for an inbox that drops the oldest.
///
/// What the inbox had before it came to the ring is in front. One cursor runs over both, and only
/// the reader's thread moves it, without a lock. So what is not taken yet is changed on that thread
/// alone, as long as its run lasts. The run that is over, or was abandoned, is revoked: what its
/// thread still takes while that changes hands, before it can see that, does not count.
final class RingReader extends Waiting {

  private final SpinLock order;
  private final Ring ring;
  private final int frontSize;

  /// The ring's tail when this began.
  private final long base;

  private final long bytesBefore;
  private final long oversizedBefore;
  private final PaddedLong cursor = new PaddedLong();

  /// What is at an index, behind those in front, is in the ring at the index plus this.
  private final long offset;

  // Of the reader's thread.
  private long known;
  private long oversizedKnown;
  private boolean newLoss = true;

  /// Set once, under the order lock: this is no mere position in the ring any more.
  private volatile boolean ended;

  /// Set once, under the order lock: nothing more is taken.
  private volatile boolean seized;

  /// Set once, under the order lock, when the inbox is closed: what is left, from an index on. The
  /// ring goes on without it.
  private volatile @Nullable Remainder remainder;

  private record Remainder(long from, List<Identified> events, long oversized) {
    Identified at(long index) {
      return events.get((int) (index - from));
    }

    long end() {
      return from + events.size();
    }
  }

  // Guarded by the order lock.

  /// What waited when this began; dropped when all of it is taken.
  private List<Identified> front;

  /// The payload that waited when it was last counted.
  private long countedBytes;

  /// All payload that had been written then.
  private long writtenThen;

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
    this.frontSize = front.size();
    this.base = ring.tail();
    this.bytesBefore = ring.writtenBytes();
    this.oversizedBefore = ring.oversized();
    this.offset = base - frontSize;
    this.known = frontSize;
    front.forEach(waiting -> frontBytes += waiting.envelope().payloadBytes());
    this.countedBytes = frontBytes;
    this.writtenThen = bytesBefore;
    ring.attach(this);
  }

  Ring ring() {
    return ring;
  }

  /// Where it is in the ring; at its beginning while it still has something in front.
  long position() {
    return base + Math.max(0, cursor.get() - frontSize);
  }

  private long positionOf(long index) {
    return index + offset;
  }

  private long end() {
    // In this order: what the ring got after the inbox was closed is none of its own.
    long tail = ring.tail();
    Remainder left = remainder;
    return left == null ? frontSize + tail - base : left.end();
  }

  @Override
  boolean hasNewLoss() {
    boolean isNew = newLoss;
    newLoss = false;
    return isNew;
  }

  @Override
  void refresh() {
    known = end();
    long oversized = oversized();
    newLoss |= oversized != oversizedKnown;
    oversizedKnown = oversized;
  }

  @Override
  long nextSequence() {
    Envelope next = next();
    return next == null ? NONE : next.sequence();
  }

  @Override
  void rest() {
    if (ring.hasUnwanted() || !front.isEmpty()) {
      order.lock();
      try {
        dropFront();
        ring.letGoOfTaken();
      } finally {
        order.unlock();
      }
    }
  }

  private void dropFront() {
    if (remainder == null && cursor.get() >= frontSize) {
      var _ = bytesFrom(frontSize);
      front = List.of();
    }
  }

  @Override
  @Nullable Envelope take(long sequence) {
    Envelope envelope = next();
    if (envelope == null || (sequence != NONE && envelope.sequence() != sequence)) {
      return null;
    }
    cursor.set(cursor.getPlain() + 1);
    return envelope;
  }

  private @Nullable Envelope next() {
    long index = cursor.getPlain();
    if (index >= known) {
      return null;
    }
    long position = positionOf(index);
    Envelope envelope = ring.get(position);
    // In this order: what is here may be another event, if one of these is so by now.
    return envelope != null && position >= ring.head() && !ended && position >= base
        ? envelope
        : nextOfFew();
  }

  /// The next event if it is in front or in the remainder; else moves past what was lost.
  private @Nullable Envelope nextOfFew() {
    order.lock();
    try {
      long index = cursor.getPlain();
      long first = firstKept(index);
      if (first > index) {
        skipped += first - index;
        newLoss = true;
        cursor.set(first);
        ring.recheck();
      }
      return seized || first >= known ? null : at(first).envelope();
    } finally {
      order.unlock();
    }
  }

  /// The first index, from one on, that is not lost.
  private long firstKept(long index) {
    Remainder left = remainder;
    if (left != null) {
      return Math.max(index, left.from());
    }
    if (ring.head() > base) {
      return Math.max(index, frontSize + ring.head() - base);
    }
    long first = Math.max(index, frontCounted);
    long behind = ring.tail() - base;
    while (first < frontSize
        && (frontSize - first + behind > ring.capacity()
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
    return skipped + oversized();
  }

  /// How many were lost without ever having had a position.
  private long oversized() {
    Remainder left = remainder;
    return left == null ? ring.oversized() - oversizedBefore : left.oversized();
  }

  @Override
  int size() {
    long evicted = remainder == null ? ring.head() - base : 0;
    long first = evicted > 0 ? frontSize + evicted : 0;
    return Math.clamp(end() - Math.max(cursor.get(), first), 0, ring.capacity());
  }

  @Override
  long payloadAtMost() {
    return countedBytes + ring.writtenBytes() - writtenThen;
  }

  @Override
  long countPayload() {
    countedBytes = tally().waitingBytes();
    writtenThen = ring.writtenBytes();
    return countedBytes;
  }

  @Override
  Tally tally() {
    return tally(cursor.get());
  }

  private Tally tally(long index) {
    long first = firstKept(index);
    long end = end();
    long tooLarge = oversized();
    long bytes = 0;
    for (long i = first; i < end && ring.writtenBytes() + frontBytes > 0; i++) {
      bytes += at(i).envelope().payloadBytes();
    }
    return new Tally(
        end - frontSize + tooLarge,
        index - skipped,
        end - first,
        bytes,
        skipped + first - index + tooLarge,
        0);
  }

  private Identified at(long index) {
    Remainder left = remainder;
    if (left != null) {
      return left.at(index);
    }
    if (index < frontSize) {
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
    seized = true;
    ended = true;
    long index = cursor.get();
    Tally tally = tally(index);
    List<Identified> waiting = from(firstKept(index));
    ring.detach(this);
    return new Seized(tally, waiting);
  }

  private List<Identified> from(long first) {
    List<Identified> waiting = new ArrayList<>();
    for (long i = first; i < end(); i++) {
      waiting.add(at(i));
    }
    return waiting;
  }

  /// Takes nothing more in; what waits stays.
  @Override
  void close() {
    if (remainder == null) {
      long first = firstKept(cursor.get());
      remainder = new Remainder(first, from(first), oversized());
      ended = true;
      ring.detach(this);
    }
  }
}
