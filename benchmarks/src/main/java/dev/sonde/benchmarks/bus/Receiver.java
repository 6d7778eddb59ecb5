package dev.sonde.benchmarks.bus;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What one subscriber has received of each publisher. Of one publisher's events it receives one
/// after the other; those of several may come at once. A publisher reads how far it is.
final class Receiver {

  private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

  private final long[] slots;

  /// @param lanes how many publishers
  Receiver(int lanes) {
    slots = new long[Padding.slot(lanes)];
  }

  /// What every handler of every contender does: reads the value, sums, counts.
  void receive(long value) {
    int slot = Padding.slot(Lane.indexOf(value));
    slots[slot + 1] += value;
    COUNT.setRelease(slots, slot, slots[slot] + 1);
  }

  long count(int lane) {
    return (long) COUNT.getAcquire(slots, Padding.slot(lane));
  }

  /// The sum of what [#count] has counted, as long as nothing more comes.
  long sum(int lane) {
    return slots[Padding.slot(lane) + 1];
  }
}
