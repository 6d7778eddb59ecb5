package dev.sonde.logger;

import java.util.function.LongSupplier;

/// Tells when something does not keep up, and when it does again. Of one thread.
final class Slowness {

  private final String name;
  private final DiskListener listener;
  private boolean slow;
  private long lostAndTold;

  /// @param name at the beginning of a sentence
  Slowness(String name, DiskListener listener) {
    this.name = name;
    this.listener = listener;
  }

  /// @param taken whether an event found room
  /// @param lost how many did not, so far
  /// @return what was given
  boolean keepsUp(boolean taken, LongSupplier lost) {
    if (taken == slow) {
      slow = !taken;
      long now = slow ? 0 : lost.getAsLong();
      listener.note(
          slow
              ? name + " can not keep up; events are left out of it and counted"
              : name + " keeps up again; " + (now - lostAndTold) + " events are missing from it");
      lostAndTold = slow ? lostAndTold : now;
    }
    return taken;
  }
}
