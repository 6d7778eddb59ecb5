package dev.sonde.launcher;

/// Whether a person sits there.
final class Terminal {

  private Terminal() {}

  /// Both standard input and output are terminals. The start script can tell, and does; without it
  /// there is no shell.
  static boolean present() {
    return Boolean.getBoolean("sonde.terminal");
  }

  /// See no-color.org.
  static boolean coloured() {
    String noColour = System.getenv("NO_COLOR");
    return present() && (noColour == null || noColour.isEmpty());
  }
}
