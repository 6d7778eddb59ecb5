package dev.sonde.bridge;

import java.util.concurrent.locks.ReentrantLock;

/// Taking the engine's locks without ever queueing for them.
///
/// They are held for a few instructions, by code that never parks. A virtual thread that queued for
/// one could be its next owner and yet have no carrier to run on, when modules loop on all of them;
/// everybody behind it, platform threads too, would wait for those modules.
final class Spin {

  private static final int SPINS_BEFORE_YIELD = 64;

  private Spin() {}

  @SuppressWarnings("ThreadPriorityCheck") // the owner may need this very core
  static void lock(ReentrantLock lock) {
    for (int spins = 0; !lock.tryLock(); spins++) {
      if (spins < SPINS_BEFORE_YIELD) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }
}
