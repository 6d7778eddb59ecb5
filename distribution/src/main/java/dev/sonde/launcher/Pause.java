package dev.sonde.launcher;

/// Waits between two looks at another process.
final class Pause {

  private Pause() {}

  static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      // The launcher's own threads end with the process.
      Thread.currentThread().interrupt();
    }
  }
}
