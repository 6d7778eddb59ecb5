package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What a module's thread is at, written by it and read by others. Reading the clock costs more
/// than handling a small event, so it is read every few events while they are quick, and for each
/// one as soon as they are not.
///
/// The same readings say how long it was busy altogether, and how long the slowest handler of each
/// inbox took: that is exact where events are slow or far apart, and where they are quick, the time
/// of up to [#STRETCH] of them.
final class Activity extends Padding {

  private static final int STRETCH = 32;
  private static final long QUICK_NANOS = 1_000;

  /// Counting from here, no reading of the clock is negative.
  private static final long ORIGIN = System.nanoTime();

  private static final VarHandle ACCOUNT = Fields.of(MethodHandles.lookup(), "account", long.class);
  private static final VarHandle SINCE = Fields.of(MethodHandles.lookup(), "since", long.class);
  private static final VarHandle STEPS = Fields.of(MethodHandles.lookup(), "steps", long.class);
  private static final VarHandle FROM = Fields.of(MethodHandles.lookup(), "from", EventInbox.class);

  private long since;

  /// While it rests, how long it was busy; else the complement of when it would have begun, had it
  /// not rested since.
  private long account;

  /// Beginnings and ends: odd while it is at something.
  private long steps;

  // Of the module's thread.
  private long sequence = Envelope.NO_CAUSE;
  private long left;
  private long stretch = 1;
  private boolean mixed;

  private @Nullable EventInbox from;

  /// The most that was said about [#busyTime].
  private final AtomicLong told = new AtomicLong();

  @SuppressWarnings("unused")
  private long after1;

  @SuppressWarnings("unused")
  private long after2;

  @SuppressWarnings("unused")
  private long after3;

  @SuppressWarnings("unused")
  private long after4;

  @SuppressWarnings("unused")
  private long after5;

  @SuppressWarnings("unused")
  private long after6;

  @SuppressWarnings("unused")
  private long after7;

  @SuppressWarnings("unused")
  private long after8;

  /// Begins to handle an event.
  void begin(EventInbox inbox, long eventSequence) {
    if (left == 0) {
      lookAtClock();
    }
    if (from != inbox) {
      turnTo(inbox);
    }
    begin(eventSequence);
  }

  /// Begins something else.
  void beginJob() {
    if (left == 0) {
      lookAtClock();
    }
    turnTo(null);
    begin(Envelope.NO_CAUSE);
  }

  private void turnTo(@Nullable EventInbox inbox) {
    mixed = left != stretch;
    FROM.setOpaque(this, inbox);
  }

  private void begin(long eventSequence) {
    left--;
    sequence = eventSequence;
    step();
  }

  private void step() {
    STEPS.setRelease(this, steps + 1);
  }

  private void lookAtClock() {
    long now = System.nanoTime();
    long passed = now - since;
    if (account >= 0) {
      ACCOUNT.setOpaque(this, ~(now - ORIGIN - account));
    } else {
      attribute(passed);
    }
    stretch = passed < stretch * QUICK_NANOS ? STRETCH : 1;
    SINCE.setOpaque(this, now);
    left = stretch;
    mixed = false;
  }

  /// Where several inboxes had a share, it is nobody's; if it was long, each is looked at from now
  /// on.
  private void attribute(long nanos) {
    EventInbox inbox = from;
    if (inbox != null && !mixed) {
      inbox.handledFor(nanos);
    }
  }

  void end() {
    step();
  }

  /// Nothing more to do for now: what comes next is timed from its own beginning.
  ///
  /// @return whether there was something since this was last said
  boolean rest() {
    left = 0;
    if (account >= 0) {
      return false;
    }
    long now = System.nanoTime();
    attribute(now - since);
    ACCOUNT.setOpaque(this, now - ORIGIN - ~account);
    return true;
  }

  /// The sequence of the event that is being handled, for the module's thread.
  long sequence() {
    return sequence;
  }

  /// Changes whenever something begins or ends.
  long progress() {
    return (long) STEPS.getAcquire(this);
  }

  boolean isBusy() {
    return (progress() & 1) != 0;
  }

  /// How long it has been at it, and at what was quick before it.
  Duration busyFor() {
    if (!isBusy()) {
      return Duration.ZERO;
    }
    // In this order: what began after the clock was read would have begun in the future.
    long begun = (long) SINCE.getAcquire(this);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /// How long it was not at rest; never less than anybody was told before.
  Duration busyTime() {
    long now = System.nanoTime();
    long before = (long) ACCOUNT.getOpaque(this);
    // It may have begun, or read the clock for its rest, between the two.
    return Duration.ofNanos(
        told.accumulateAndGet(before >= 0 ? before : now - ORIGIN - ~before, Math::max));
  }

  /// Where the event comes from that is being handled.
  @Nullable EventInbox handling() {
    return isBusy() ? (EventInbox) FROM.getOpaque(this) : null;
  }
}
