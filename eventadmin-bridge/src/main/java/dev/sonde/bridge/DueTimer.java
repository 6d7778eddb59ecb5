package dev.sonde.bridge;

import dev.sonde.bus.Task;
import dev.sonde.bus.Timer;

/// A task that is due at a time.
final class DueTimer implements Timer, Comparable<DueTimer> {

  private static final long ONCE = 0;

  private final Agenda agenda;
  private final Task task;
  private final long periodNanos;
  private long dueNanos;

  private DueTimer(Agenda agenda, Task task, long firstNanos, long periodNanos) {
    this.agenda = agenda;
    this.task = task;
    this.periodNanos = periodNanos;
    this.dueNanos = System.nanoTime() + firstNanos;
  }

  static DueTimer every(Agenda agenda, long periodNanos, Task task) {
    return new DueTimer(agenda, task, periodNanos, periodNanos);
  }

  static DueTimer after(Agenda agenda, long delayNanos, Task task) {
    return new DueTimer(agenda, task, delayNanos, ONCE);
  }

  Task task() {
    return task;
  }

  /// How long until it is due; 0 or less if it is.
  long nanosLeft() {
    return dueNanos - System.nanoTime();
  }

  boolean isPeriodic() {
    return periodNanos != ONCE;
  }

  /// Sets the next time, skipping those that have passed.
  void advance() {
    long lateNanos = Math.max(0, -nanosLeft());
    dueNanos += periodNanos * (1 + lateNanos / periodNanos);
  }

  @Override
  public int compareTo(DueTimer other) {
    // A difference, since the origin of nanoTime is arbitrary and it may wrap.
    return Long.signum(dueNanos - other.dueNanos);
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public void cancel() {
    agenda.cancel(this);
  }
}
