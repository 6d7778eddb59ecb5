package dev.sonde.network;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Plays recorded frames in their own time, or faster or slower by a factor.
///
/// Recorded clocks lie: a frame that is older than the one before comes at once, and a silence
/// longer than [#LONGEST_SILENCE] is shortened to it.
final class Pace {

  /// Nobody waits longer than this for the next frame of a file, whatever its clock says.
  static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

  private final Speed speed;
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private boolean begun;
  private long lastNanos;
  private long dueNanos;

  Pace(Speed speed) {
    this.speed = speed;
  }

  /// Waits until a frame is due.
  ///
  /// @return false if cancelled meanwhile
  boolean await(long capturedNanos) throws InterruptedException {
    long due = due(capturedNanos, System.nanoTime());
    return !cancelled.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  /// Ends all waiting, now and later. Any thread.
  void cancel() {
    cancelled.countDown();
  }

  /// When a frame is due, on the clock of `now`. A player that fell behind does not catch up in a
  /// rush of more than one silence.
  long due(long capturedNanos, long nowNanos) {
    long silence =
        capturedNanos > lastNanos
            ? Math.min(capturedNanos - lastNanos, LONGEST_SILENCE.toNanos())
            : 0;
    lastNanos = capturedNanos;
    if (!begun || speed.isFull()) {
      begun = true;
      dueNanos = nowNanos;
    } else {
      dueNanos += (long) (silence / speed.factor());
    }
    return dueNanos;
  }
}
