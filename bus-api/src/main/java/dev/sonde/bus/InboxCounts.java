package dev.sonde.bus;

/// The account of one inbox: `matched = delivered + missed + waiting`, at any time, exactly.
///
/// @param matched events that matched the subscription since it began
/// @param delivered events for which the handler was entered
/// @param waiting events that wait now
/// @param waitingBytes payload of the waiting events, in bytes
/// @param overflow missed because there was no room
/// @param superseded missed because a newer event of the same topic took its place
///     ([Overflow#LATEST])
/// @param expired missed because the subscription ended before they were delivered
/// @param incompatible missed because the event's class was replaced and it could not be rebuilt
/// @param failed of the delivered: those whose handler threw
/// @param interrupted of the delivered: those whose handler was cut off when its module was
///     abandoned
public record InboxCounts(
    long matched,
    long delivered,
    long waiting,
    long waitingBytes,
    long overflow,
    long superseded,
    long expired,
    long incompatible,
    long failed,
    long interrupted) {

  /// All events that matched and will never be delivered.
  ///
  /// @return overflow + superseded + expired + incompatible
  public long missed() {
    return overflow + superseded + expired + incompatible;
  }

  /// Whether the account adds up.
  ///
  /// @return true, unless the bus has a bug
  public boolean isBalanced() {
    return matched == delivered + missed() + waiting;
  }
}
