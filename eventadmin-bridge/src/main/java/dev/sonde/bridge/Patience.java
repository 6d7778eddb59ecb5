package dev.sonde.bridge;

import java.time.Duration;

/// Waits in parts: a device that was suspended meanwhile, or had no processor to give, loses one
/// part of a deadline and not all of it.
final class Patience {

  static final int PARTS = 10;

  private Patience() {}

  /// Something that can be waited for.
  @FunctionalInterface
  interface Waiting {
    /// Waits.
    ///
    /// @return whether it has come
    boolean await(long nanos) throws InterruptedException;
  }

  /// Waits; an interrupt ends that, and stays.
  ///
  /// @return whether it has come
  static boolean await(Duration deadline, Waiting waiting) {
    try {
      for (int part = 0; part < PARTS; part++) {
        if (waiting.await(deadline.toNanos() / PARTS)) {
          return true;
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
