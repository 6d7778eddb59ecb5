package dev.sonde.logger;

/// When the console is coloured.
enum ColorMode {
  /// On a terminal, unless `NO_COLOR` is set.
  AUTO,
  /// Also into files and pipes.
  ALWAYS,
  /// Never.
  NEVER
}
