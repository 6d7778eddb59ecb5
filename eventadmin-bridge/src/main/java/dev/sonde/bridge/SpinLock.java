package dev.sonde.bridge;

/// A lock that is spun for, never queued for.
///
/// The engine's locks are held for a few instructions, by code that never parks. A virtual thread
/// that queued for one could be its next owner and yet have no carrier to run on, when modules loop
/// on all of them; everybody behind it, platform threads too, would wait for those modules. Not
/// reentrant.
final class SpinLock {

  private static final int SPINS_BEFORE_YIELD = 64;

  /// 1 while somebody holds it.
  private final PaddedLong held = new PaddedLong();

  @SuppressWarnings("ThreadPriorityCheck") // the owner may need this very core
  void lock() {
    for (int spins = 0; !tryLock(); spins++) {
      if (spins < SPINS_BEFORE_YIELD) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  private boolean tryLock() {
    // Reading first keeps the line shared while somebody else holds it.
    return held.get() == 0 && held.advance(0, 1);
  }

  void unlock() {
    held.set(0);
  }
}
