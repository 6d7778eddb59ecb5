package dev.sonde.bridge;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A number on cache lines of its own.
@SuppressWarnings("unused") // the padding, and the value through VALUE
public final class PaddedLong extends Padding {

  private static final VarHandle VALUE = Fields.of(MethodHandles.lookup(), "value", long.class);

  private volatile long value;
  private long after1;
  private long after2;
  private long after3;
  private long after4;
  private long after5;
  private long after6;
  private long after7;
  private long after8;

  /// For the thread that writes it.
  long getPlain() {
    return (long) VALUE.get(this);
  }

  /// Sees what was written before it was set.
  public long get() {
    return (long) VALUE.getAcquire(this);
  }

  /// What was written before is seen by whoever gets this.
  public void set(long newValue) {
    VALUE.setRelease(this, newValue);
  }

  /// Sets it if it is what it should be.
  ///
  /// @return whether it was
  public boolean advance(long from, long to) {
    return VALUE.compareAndSet(this, from, to);
  }

  long getAndSet(long newValue) {
    return (long) VALUE.getAndSet(this, newValue);
  }
}
