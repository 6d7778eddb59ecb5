package dev.sonde.bus.spi;

import java.time.Duration;
import org.osgi.annotation.versioning.ConsumerType;

/// Is told of a module's faults, when they are logged and before they are published, and when it is
/// late. Faults are told on the thread on which they happened: the module's or the fork's. Must
/// return soon and not throw.
@ConsumerType
@FunctionalInterface
public interface FaultListener {

  /// Where a module can fail.
  enum Place {
    /// A handler, lag listener, timer or task. The module goes on.
    HANDLER,
    /// A fork ended by throwing. The bus does no more about that.
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

  /// How long start, a handler, timer or task may take before that is told.
  ///
  /// @return longer than zero
  default Duration patience() {
    return Duration.ofSeconds(5);
  }

  /// The module has been at one thing for longer than its [#patience], waiting or computing. Called
  /// once until it goes on, on a thread of the bus.
  ///
  /// @param busy for how long at least
  /// @param where the innermost frame of its stack that is not the JDK's
  default void overdue(Duration busy, String where) {}

  /// It goes on after having been overdue. Called on a thread of the bus.
  default void caughtUp() {}
}
