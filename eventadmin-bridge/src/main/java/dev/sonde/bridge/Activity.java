package dev.sonde.bridge;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a module's thread is at, written by it and read by others. Reading the clock costs more
/// than handling a small event, so it is read every few events while they are quick, and for each
/// one as soon as they are not.
final class Activity {

  private static final int STRETCH = 16;
  private static final long QUICK_NANOS = 1_000;

  private static final VarHandle BUSY = Fields.of(MethodHandles.lookup(), "busy", boolean.class);
  private static final VarHandle SINCE = Fields.of(MethodHandles.lookup(), "since", long.class);
  private static final VarHandle PROGRESS =
      Fields.of(MethodHandles.lookup(), "progress", long.class);
  private static final VarHandle FROM = Fields.of(MethodHandles.lookup(), "from", EventInbox.class);

  @SuppressWarnings("unused") // through BUSY
  private boolean busy;

  private long since;
  private long progress;

  @SuppressWarnings("unused") // through FROM
  private @Nullable EventInbox from;

  // Of the module's thread.
  private int left;
  private int stretch = 1;

  /// Begins to handle an event.
  void begin(EventInbox inbox) {
    FROM.setOpaque(this, inbox);
    begin();
  }

  /// Begins something else.
  void beginJob() {
    FROM.setOpaque(this, (EventInbox) null);
    begin();
  }

  private void begin() {
    if (left == 0) {
      lookAtClock();
    }
    left--;
    advance();
    BUSY.setRelease(this, true);
  }

  private void advance() {
    PROGRESS.setOpaque(this, progress + 1);
  }

  private void lookAtClock() {
    long now = System.nanoTime();
    stretch = now - since < stretch * QUICK_NANOS ? STRETCH : 1;
    SINCE.setOpaque(this, now);
    left = stretch;
  }

  void end() {
    BUSY.setRelease(this, false);
  }

  /// Nothing more to do for now: what comes next is timed from its own beginning.
  void rest() {
    left = 0;
  }

  /// Changes whenever something begins or ends.
  long progress() {
    return (long) PROGRESS.getOpaque(this);
  }

  boolean isBusy() {
    return (boolean) BUSY.getAcquire(this);
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
