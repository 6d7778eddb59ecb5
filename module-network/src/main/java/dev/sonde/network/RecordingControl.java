package dev.sonde.network;

import java.util.concurrent.atomic.AtomicLong;

/// Whether a capture is to be recorded. Any thread may say so; the capture's asks at each frame.
final class RecordingControl {

  private volatile boolean on;
  private final AtomicLong triggers = new AtomicLong();

  /// @param on whether it is recorded from the begin
  RecordingControl(boolean on) {
    this.on = on;
  }

  void turn(boolean toOn) {
    on = toOn;
  }

  boolean isOn() {
    return on;
  }

  /// Something happened that a part of the capture is to be recorded for.
  void trigger() {
    triggers.incrementAndGet();
  }

  /// How often something happened.
  long triggers() {
    return triggers.get();
  }
}
