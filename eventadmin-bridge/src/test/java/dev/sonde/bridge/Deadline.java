package dev.sonde.bridge;

import java.util.concurrent.TimeUnit;

/// A deadline that only a hang reaches: while the machine or this process is suspended, it does not
/// come nearer. For one thread that looks at it again and again.
final class Deadline {

  /// From one look to the next it takes no longer.
  private static final long LONGEST_LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long leftNanos = Device.DEADLINE.toNanos();
  private long before = System.nanoTime();

  /// Whether it has passed.
  boolean isOver() {
    long now = System.nanoTime();
    leftNanos -= Math.min(now - before, LONGEST_LOOK_NANOS);
    before = now;
    return leftNanos < 0;
  }
}
