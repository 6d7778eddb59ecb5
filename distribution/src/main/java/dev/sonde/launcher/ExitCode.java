package dev.sonde.launcher;

import java.util.Arrays;

/// What the process says when it ends. The JVM adds 130 for SIGINT and 143 for SIGTERM.
enum ExitCode {
  OK(0),
  /// Something inside failed, or a command given to `exec` did.
  FAILED(1),
  /// The command line is wrong, or no JDK was found.
  USAGE(2),
  /// The source that was asked for can not be opened. Given by a bundle, through [ExitRequest].
  SOURCE(3),
  /// The home directory can not be used.
  HOME(4),
  /// Another process uses the home directory.
  IN_USE(5);

  final int value;

  ExitCode(int value) {
    this.value = value;
  }

  /// The one with which another process has ended; a fault if it is none of these.
  static ExitCode of(int value) {
    return Arrays.stream(values())
        .filter(code -> code != OK && code.value == value)
        .findFirst()
        .orElse(FAILED);
  }
}
