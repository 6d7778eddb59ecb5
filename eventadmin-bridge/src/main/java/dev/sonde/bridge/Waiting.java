package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Handler;
import dev.sonde.bus.Subscription;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What waits in an inbox for one run of its module. When the inbox changes hands, or some of what
/// waits is taken out, another takes the place of this one; whatever a thread still holds of the
/// former yields nothing any more.
abstract sealed class Waiting permits RingReader, QueueReader {

  /// The sequence of nothing.
  static final long NONE = Long.MAX_VALUE;

  private static final VarHandle FAILED = Fields.of(MethodHandles.lookup(), "failed", long.class);

  private final EventInbox inbox;
  private final EventInbox.Claim claim;
  private final Agenda reader;
  private final Handler<Event> handler;
  private final boolean pacing;

  /// Before this sequence is taken there is too much payload, as somebody saw who waits for room.
  private volatile long heavyBefore;

  @SuppressWarnings("unused") // through FAILED
  private long failed;

  Waiting(EventInbox inbox, EventInbox.Claim claim) {
    this.inbox = inbox;
    this.claim = claim;
    this.reader = claim.reader();
    this.handler = claim.handler();
    this.pacing = claim.subscription().isPacing();
  }

  EventInbox inbox() {
    return inbox;
  }

  /// Whose thread takes from this.
  Agenda reader() {
    return reader;
  }

  EventInbox.Claim claim() {
    return claim;
  }

  Subscription<?> subscription() {
    return claim.subscription();
  }

  Handler<Event> handler() {
    return handler;
  }

  boolean isPacing() {
    return pacing;
  }

  // What follows is for the reader's thread.

  /// Looks how much has arrived.
  abstract void refresh();

  /// The sequence of the next event among those that had arrived at the last look, or [#NONE].
  abstract long nextSequence();

  /// Takes the next event among those, which is delivered by that.
  ///
  /// @param sequence only if it is this one, or [#NONE] for whichever is next
  abstract @Nullable Envelope take(long sequence);

  /// Whether something may have been lost since this was last asked; true at first, since those
  /// before this may have left something to tell.
  abstract boolean hasNewLoss();

  /// Lets go of what was taken, if somebody asked for it: for now there is nothing to take.
  void rest() {}

  void fail() {
    FAILED.setOpaque(this, failed + 1);
  }

  // What follows is for any thread.

  /// How many events wait; may lag behind what other threads do.
  abstract int size();

  /// Whether it is worth while to look for room again, now that an event was taken. The last one
  /// has none behind it that could say so.
  boolean mayHaveRoom(long takenSequence) {
    int waiting = size();
    return waiting == 0
        || (takenSequence >= heavyBefore && waiting * 2L <= subscription().capacity());
  }

  // What follows is called under the bus's order lock.

  /// Whether half of the capacity is free, in events and in bytes.
  boolean hasRoom() {
    long half = subscription().capacityBytes() / 2;
    if (size() * 2L > subscription().capacity()) {
      return false;
    }
    return payloadAtMost() <= half || isLight(countPayload(), half);
  }

  /// If not, notes which event has to go before it is.
  private boolean isLight(long payload, long half) {
    if (payload <= half) {
      return true;
    }
    long[] left = {payload};
    var _ =
        holds(
            envelope -> {
              if (left[0] > half) {
                left[0] -= envelope.payloadBytes();
                heavyBefore = envelope.sequence();
              }
              return left[0] <= half;
            });
    return false;
  }

  /// No less than the payload that waits, and known without looking at each event.
  abstract long payloadAtMost();

  /// The payload that waits.
  abstract long countPayload();

  /// How many were lost, up to the next event.
  abstract long lost();

  /// The account since this began. What was there from the beginning is among what waits.
  abstract Tally tally();

  long failures() {
    return (long) FAILED.getOpaque(this);
  }

  /// Whether an event that fits waits.
  abstract boolean holds(Predicate<Envelope> condition);

  /// Takes nothing more in; what waits can still be taken.
  abstract void close();

  /// Ends this: nothing more can be taken.
  abstract Seized seize();

  /// What was left at the end.
  ///
  /// @param tally the account
  /// @param waiting what waited, in order
  record Seized(Tally tally, List<Identified> waiting) {}

  /// What arrived, and what became of it.
  record Tally(
      long matched,
      long delivered,
      long waiting,
      long waitingBytes,
      long overflow,
      long superseded) {

    static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0);
  }

  /// An event and what tells its thing from others.
  record Identified(Envelope envelope, Object identity) {}
}
