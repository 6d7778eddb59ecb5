package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The newest events of all inboxes that match the same, are bounded alike and drop the oldest:
/// written once for all of them, and read by each at a position of its own.
///
/// Publishers write under the bus's order lock, readers take without any. What a reader may still
/// need is not overwritten until it is evicted, and a position is evicted (before [#head]) exactly
/// when more than the capacity would wait for a reader that is still there: a reader that finds its
/// position evicted has lost it. Positions count from 0 and never repeat.
final class Ring {

  private static final int SMALLEST = 16;

  private final int capacity;
  private final long capacityBytes;
  private final PaddedLong tail = new PaddedLong();
  private final PaddedLong head = new PaddedLong();
  private final PaddedLong oversized = new PaddedLong();
  private volatile AtomicReferenceArray<@Nullable Envelope> slots =
      new AtomicReferenceArray<>(SMALLEST);

  // What follows is guarded by the order lock.
  private final List<RingReader> readers = new ArrayList<>();

  /// Until this position, nothing that is needed is overwritten and nobody is too far behind.
  private long limit;

  /// Whether some reader is so far behind that every event evicts one.
  private boolean evicting;

  /// From this position on, payload is in the account of [#heldBytes].
  private long held;

  private long heldBytes;
  private long writtenBytes;

  /// Everything before this position is to be let go of once it is taken.
  private volatile long unwanted;

  Ring(int capacity, long capacityBytes) {
    this.capacity = capacity;
    this.capacityBytes = capacityBytes;
  }

  // What follows is for readers, without a lock.

  /// One past the newest event.
  long tail() {
    return tail.get();
  }

  /// The oldest position that is not evicted.
  long head() {
    return head.get();
  }

  /// How many events were over the bound in bytes by themselves, and never had a position.
  long oversized() {
    return oversized.get();
  }

  /// What is at a position, which is meaningless if the position turns out to be evicted.
  @Nullable Envelope get(long position) {
    AtomicReferenceArray<@Nullable Envelope> ring = slots;
    return ring.getAcquire((int) position & (ring.length() - 1));
  }

  /// Whether [#letGo] has left something, because not every reader had taken it.
  boolean hasUnwanted() {
    return unwanted != 0;
  }

  // What follows is called under the order lock.

  int capacity() {
    return capacity;
  }

  long capacityBytes() {
    return capacityBytes;
  }

  /// The payload of everything that was ever written.
  long writtenBytes() {
    return writtenBytes;
  }

  boolean isUnread() {
    return readers.isEmpty();
  }

  void attach(RingReader reader) {
    readers.add(reader);
    recheck();
  }

  void detach(RingReader reader) {
    readers.remove(reader);
    recheck();
    letGoOfTaken();
    if (readers.isEmpty()) {
      slots = new AtomicReferenceArray<>(SMALLEST);
      heldBytes = 0;
      head.set(tail.getPlain());
      held = tail.getPlain();
    }
  }

  /// Some reader's position is another; the next event looks at all of them again.
  void recheck() {
    limit = 0;
  }

  void add(Envelope envelope) {
    long position = tail.getPlain();
    int bytes = envelope.payloadBytes();
    if (bytes > capacityBytes) {
      oversized.set(oversized.getPlain() + 1);
      return;
    }
    if (position >= limit) {
      lookAtReaders(position);
    }
    if (evicting) {
      evictTo(position + 1 - capacity);
    }
    if (bytes != 0 || heldBytes != 0) {
      holdBytes(position, bytes);
    }
    AtomicReferenceArray<@Nullable Envelope> ring = slots;
    ring.setRelease((int) position & (ring.length() - 1), envelope);
    tail.set(position + 1);
  }

  private void lookAtReaders(long position) {
    long slowest = position;
    evicting = false;
    for (RingReader reader : readers) {
      long at = reader.position();
      if (position - at >= capacity) {
        evicting = true;
      } else {
        slowest = Math.min(slowest, at);
      }
    }
    long needed = evicting ? capacity : position - slowest;
    if (needed >= slots.length()) {
      grow(position, needed);
    }
    // While it evicts, the slots are more than the capacity, and those that keep up have room.
    limit = slowest + Math.min(capacity, slots.length());
  }

  private void grow(long position, long needed) {
    AtomicReferenceArray<@Nullable Envelope> old = slots;
    int size = Math.max(old.length(), SMALLEST);
    while (size <= needed) {
      size *= 2;
    }
    AtomicReferenceArray<@Nullable Envelope> larger = new AtomicReferenceArray<>(size);
    for (long p = Math.max(0, position - old.length()); p < position; p++) {
      larger.setPlain((int) p & (size - 1), old.getPlain((int) p & (old.length() - 1)));
    }
    slots = larger;
  }

  /// Evicts what is before a position, and lets go of it.
  private void evictTo(long newHead) {
    for (long p = Math.max(head.getPlain(), newHead - 1); p < newHead; p++) {
      head.set(p + 1);
      if (heldBytes != 0 && p >= held) {
        Envelope evicted = get(p);
        heldBytes -= evicted == null ? 0 : evicted.payloadBytes();
      }
      forget(p);
    }
  }

  private void forget(long position) {
    slots.setRelease((int) position & (slots.length() - 1), null);
  }

  /// Keeps the account of payload in the slots, and evicts the oldest beyond the bound.
  private void holdBytes(long position, int bytes) {
    if (heldBytes == 0) {
      held = position;
    }
    long overwritten = position - slots.length();
    while (held < position && (held <= overwritten || heldBytes + bytes > capacityBytes)) {
      Envelope oldest = get(held);
      if (oldest != null) {
        heldBytes -= oldest.payloadBytes();
      }
      if (held > overwritten) {
        head.set(Math.max(head.getPlain(), held + 1));
        forget(held);
      }
      held++;
    }
    heldBytes += bytes;
    writtenBytes += bytes;
  }

  /// Lets go of the present events: at once of those that every reader has taken, of the others
  /// when they are taken. Without this they stay until they are overwritten.
  void letGo() {
    unwanted = tail.getPlain();
    forgetBefore(taken());
  }

  /// A reader has taken what it could; it may have been the last that [#letGo] waits for.
  void letGoOfTaken() {
    long taken = taken();
    if (hasUnwanted() && taken >= unwanted) {
      forgetBefore(taken);
    }
  }

  /// Up to this position no reader has anything to take.
  private long taken() {
    long end = tail.getPlain();
    for (RingReader reader : readers) {
      end = Math.min(end, reader.position());
    }
    return Math.max(end, head.getPlain());
  }

  private void forgetBefore(long end) {
    for (long p = Math.max(0, tail.getPlain() - slots.length()); p < end; p++) {
      Envelope envelope = get(p);
      if (envelope != null) {
        heldBytes -= heldBytes != 0 && p >= held ? envelope.payloadBytes() : 0;
        forget(p);
      }
    }
    if (end >= unwanted) {
      unwanted = 0;
    }
  }
}
