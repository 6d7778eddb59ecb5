package dev.sonde.bridge;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waiting with a deadline that only a hang reaches.
final class Awaiting {

  private Awaiting() {}

  static void latch(CountDownLatch latch) {
    try {
      if (!latch.await(Device.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Not reached after " + Device.DEADLINE);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
