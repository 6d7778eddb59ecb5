package dev.sonde.bridge.jfr;

import dev.sonde.bridge.Visible;

/// Whether events of this bundle can be recorded.
final class Recorder {

  /// When a recording starts, the JDK weaves calls of this package into event classes. A bundle
  /// sees it only by boot delegation; without, the first recorded event would throw.
  private static final String WOVEN_IN = "jdk.jfr.internal.event.EventWriter";

  static final boolean IS_VISIBLE = Visible.isVisible(WOVEN_IN);

  private Recorder() {}
}
