package dev.sonde.launcher;

import java.util.Locale;

/// How far a run has come.
enum Stage {
  STARTING("is starting"),
  RUNNING("runs"),
  SAFE_MODE("runs in SAFE MODE, without deploy/,"),
  STOPPING("is stopping");

  /// Follows the device's name in a sentence.
  final String words;

  Stage(String words) {
    this.words = words;
  }

  boolean isUp() {
    return this == RUNNING || this == SAFE_MODE;
  }

  /// As it stands in a file.
  String token() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
