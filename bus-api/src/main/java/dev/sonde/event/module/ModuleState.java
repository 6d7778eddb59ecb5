package dev.sonde.event.module;

/// Where a module stands in its life.
public enum ModuleState {
  /// Its bundle is installed and was not told to run.
  INSTALLED,
  /// Its bundle should run and cannot yet; the reason says what is missing.
  WAITING,
  /// Its start method runs.
  STARTING,
  /// It runs.
  ACTIVE,
  /// It runs, with a fault; the reason says which.
  DEGRADED,
  /// It failed and will be started again.
  BACKOFF,
  /// It failed and stays down until somebody starts it.
  FAILED,
  /// It is being stopped.
  STOPPING,
  /// It was stopped.
  STOPPED,
  /// Its jar was refused.
  QUARANTINED
}
