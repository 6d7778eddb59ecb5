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

  /// How long it may be at one thing before it is [#overdue].
  Duration patience();

  /// It has been at one thing for too long. Called once until it goes on, on the watch's thread.
  void overdue(Duration still, String where);

  /// It goes on after having been overdue.
  void caughtUp();

  /// It holds its carrier and does not come back. Called once until it goes on, on the watch's
  /// thread.
  ///
  /// @param held since when, at least
  /// @param where the innermost frame of its stack that is not the JDK's
  void stuck(Duration held, String where);

  /// It went on after [#stuck].
  void goesOn(Duration held);

  /// It has made no progress since the last look, and waits for something: others need not make
  /// room for it. Called at each such look, on the watch's thread.
  void sitsOut();

  /// Called at each look while it is awake.
  default void look() {}
}
