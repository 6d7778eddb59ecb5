package dev.sonde.bus;

/// What an inbox does with an event for which it has no room. Whatever goes is counted
/// ([InboxCounts]); the publisher never waits.
public enum Overflow {
  /// The oldest waiting event makes room. The subscription is told how many went before it receives
  /// the next one ([Subscription#onLagged]).
  DROP_OLDEST,

  /// The new event goes; what waits stays. The subscription is told likewise.
  DROP_NEWEST,

  /// Only the newest event of each topic (and [Topic#key]) waits; it takes the place of the one
  /// before, which is counted as superseded and not told. At most capacity topics wait; then the
  /// oldest makes room, which is counted as overflow and told. For screens, which want what is true
  /// now.
  LATEST
}
