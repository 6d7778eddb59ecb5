package dev.sonde.bus;

import org.osgi.annotation.versioning.ConsumerType;

/// Work for a module's own thread: what a timer does, or what a fork hands over. What it throws is
/// treated as what a [Handler] throws.
@ConsumerType
@FunctionalInterface
public interface Task {

  /// Does the work, on the module's thread.
  ///
  /// @throws Exception if it fails
  void run() throws Exception;
}
