package dev.sonde.bridge.jfr;

/// Whether events of this bundle can be recorded.
final class Recorder {

  /// When a recording starts, the JDK weaves calls of this package into event classes. A bundle
  /// sees it only by boot delegation; without, the first recorded event would throw.
  private static final String WOVEN_IN = "jdk.jfr.internal.event.EventWriter";

  static final boolean IS_VISIBLE = isVisible();

  private Recorder() {}

  private static boolean isVisible() {
    try {
      var _ = Class.forName(WOVEN_IN, false, Recorder.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
