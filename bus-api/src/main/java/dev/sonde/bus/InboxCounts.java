package dev.sonde.bus;

/// The account of one inbox: `matched = delivered + missed + waiting`, at any time, exactly. It
/// goes on when the next version of a module takes the inbox over, and begins anew with each new
/// inbox.
///
/// After the example of [Overflow#DROP_OLDEST]:
///
/// {@snippet class="dev.sonde.examples.LagTest" region="account" :
/// InboxCounts counts = opened.get().counts();
/// assertThat(counts.matched()).isEqualTo(5);
/// assertThat(counts.delivered()).isEqualTo(2);
/// assertThat(counts.overflow()).isEqualTo(3);
/// assertThat(counts.waiting()).isEqualTo(0);
/// }
///
/// @param matched events that matched the subscription since it began
/// @param delivered events that were taken out to be handled: the handler was entered, or is about
///     to be, when the lag listener has returned that goes before it
/// @param waiting events that wait now
/// @param waitingBytes payload of the waiting events, in bytes
/// @param overflow missed because there was no room, or because the payload alone was over the
///     bound
/// @param superseded missed because a newer event of the same topic and key took its place
///     ([Overflow#LATEST])
/// @param expired missed because the subscription ended before they were delivered, its module did
///     not come back in time, the version that took over did not ask for them, its lag listener had
///     not returned when it was abandoned, or the bundle of their record was uninstalled
/// @param incompatible missed because the event's record was replaced in an update and it could not
///     be rebuilt
/// @param failed of the delivered: those whose handler threw
/// @param interrupted of the delivered: those whose handler had not returned when its module was
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
