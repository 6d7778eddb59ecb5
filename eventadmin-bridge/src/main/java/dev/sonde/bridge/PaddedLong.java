package dev.sonde.bridge;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// A number on cache lines of its own: one thread writes it often, others must not pay for that
/// when they touch their own data.
@SuppressWarnings("unused") // the padding, and the value through VALUE
final class PaddedLong {

  private static final VarHandle VALUE = Fields.of(MethodHandles.lookup(), "value", long.class);

  // 64 bytes before and after; a field's neighbours of the same size keep their order.
  private long before1;
  private long before2;
  private long before3;
  private long before4;
  private long before5;
  private long before6;
  private long before7;
  private volatile long value;
  private long after1;
  private long after2;
  private long after3;
  private long after4;
  private long after5;
  private long after6;
  private long after7;

  /// For the thread that writes it.
  long getPlain() {
    return (long) VALUE.get(this);
  }

  long get() {
    return (long) VALUE.getAcquire(this);
  }

  void set(long newValue) {
    VALUE.setRelease(this, newValue);
  }

  boolean advance(long from, long to) {
    return VALUE.compareAndSet(this, from, to);
  }

  long getAndSet(long newValue) {
    return (long) VALUE.getAndSet(this, newValue);
  }
}
