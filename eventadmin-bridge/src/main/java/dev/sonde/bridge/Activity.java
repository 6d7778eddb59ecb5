package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a module's thread is at, written by it and read by others. Reading the clock costs more
/// than handling a small event, so it is read every few events while they are quick, and for each
/// one as soon as they are not.
final class Activity extends Padding {

  private static final int STRETCH = 16;
  private static final long QUICK_NANOS = 1_000;

  private static final VarHandle SINCE = Fields.of(MethodHandles.lookup(), "since", long.class);
  private static final VarHandle STEPS = Fields.of(MethodHandles.lookup(), "steps", long.class);
  private static final VarHandle FROM = Fields.of(MethodHandles.lookup(), "from", EventInbox.class);

  private long since;

  /// Beginnings and ends: odd while it is at something.
  private long steps;

  // Of the module's thread.
  private long sequence = Envelope.NO_CAUSE;
  private long left;
  private long stretch = 1;

  private @Nullable EventInbox from;

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
    if (from != inbox) {
      FROM.setOpaque(this, inbox);
    }
    begin(eventSequence);
  }

  /// Begins something else.
  void beginJob() {
    FROM.setOpaque(this, (EventInbox) null);
    begin(Envelope.NO_CAUSE);
  }

  private void begin(long eventSequence) {
    if (left == 0) {
      lookAtClock();
    }
    left--;
    sequence = eventSequence;
    step();
  }

  private void step() {
    STEPS.setRelease(this, steps + 1);
  }

  private void lookAtClock() {
    long now = System.nanoTime();
    stretch = now - since < stretch * QUICK_NANOS ? STRETCH : 1;
    SINCE.setOpaque(this, now);
    left = stretch;
  }

  void end() {
    step();
  }

  /// Nothing more to do for now: what comes next is timed from its own beginning.
  void rest() {
    left = 0;
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
    return isBusy()
        ? Duration.ofNanos(System.nanoTime() - (long) SINCE.getOpaque(this))
        : Duration.ZERO;
  }

  /// Where the event comes from that is being handled.
  @Nullable EventInbox handling() {
    return isBusy() ? (EventInbox) FROM.getOpaque(this) : null;
  }
}
