package dev.sonde.log;

/// How grave something is, the gravest last.
public enum Severity {
  /// Each step, for whoever looks for a fault.
  TRACE,
  /// What whoever looks for a fault wants to know.
  DEBUG,
  /// Something happened.
  INFO,
  /// Something needs a look: it works less well than it should.
  WARNING,
  /// Something failed.
  ERROR
}
