package dev.sonde.bus.spi;

import org.osgi.annotation.versioning.ConsumerType;

/// Is told of a module's faults, when they are logged and before they are published. Called on the
/// thread on which the fault happened: the module's or the fork's. Must return soon and not throw.
@ConsumerType
@FunctionalInterface
public interface FaultListener {

  /// Where a module can fail.
  enum Place {
    /// A handler, lag listener, timer or task. The module goes on.
    HANDLER,
    /// A fork ended by throwing. The module goes on without it.
    FORK,
    /// The stop method.
    STOP,
    /// A thread that an ended run left behind publishes. It is refused; told once for each run.
    LEFT_BEHIND
  }

  /// Something failed.
  ///
  /// @param place where
  /// @param what the name of the subscription or fork, or `timer`, `task`, `answer`,
  ///     `configuration`, `stop`, `publish`
  /// @param error class and message of what was thrown
  void failed(Place place, String what, String error);
}
