package dev.sonde.bridge;

import java.time.Duration;

/// A run of a module as [CarrierWatch] sees it. All methods but [#stuck] are called often, on the
/// watch's thread, and return at once.
interface Watched {

  /// The module's name.
  String name();

  /// The virtual thread on which the module runs.
  Thread thread();

  /// A number that changes whenever a handler, task or start begins or ends.
  long progress();

  /// False while the thread waits for work. Whoever gives it work makes this true before it calls
  /// [CarrierWatch#arm].
  boolean isAwake();

  /// It holds its carrier and does not come back. Called once until it goes on, on the watch's
  /// thread.
  ///
  /// @param held since when, at least
  /// @param where the innermost frame of its stack that is not the JDK's
  void stuck(Duration held, String where);

  /// It went on after [#stuck].
  void goesOn(Duration held);

  /// Called at each look while it is awake.
  default void look() {}
}
