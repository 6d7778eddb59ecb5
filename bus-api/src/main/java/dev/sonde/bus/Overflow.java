package dev.sonde.bus;

/// What an inbox does with an event for which it has no room, in events or in bytes. Whatever goes
/// is counted ([InboxCounts]); the publisher never waits and does not notice.
///
/// An inbox holds exactly its capacity, besides the event that is being handled: with a capacity of
/// 1, one. An event whose payload alone is over the bound in bytes goes at once, whatever the
/// policy, as if by [#DROP_NEWEST]; it makes no other go.
public enum Overflow {
  /// The oldest waiting events make room, as many as it takes. The subscription is told how many
  /// went before it receives the next one ([Subscription#onLagged]): the gap lies just before that
  /// event.
  ///
  /// {@snippet class="dev.sonde.examples.LagTest" region="oldest" :
  /// device.start(
  ///     "meter",
  ///     context -> {
  ///       Inbox inbox =
  ///           context.on(
  ///               Subscription.to(Reading.class)
  ///                   .capacity(2)
  ///                   .onLagged(missed -> heard.add(missed + " missed")),
  ///               (reading, at) -> heard.add(reading.value()));
  ///       opened.set(inbox);
  ///       for (int value = 1; value <= 5; value++) {
  ///         context.publish(new Reading(value)); // nothing is handled before start returns
  ///       }
  ///     });
  /// device.awaitQuiet();
  /// assertThat(heard).containsExactly("3 missed", 4, 5);
  /// }
  DROP_OLDEST,

  /// The new event goes; what waits stays. The subscription is told likewise before its next event,
  /// which may be one from before the gap.
  ///
  /// {@snippet class="dev.sonde.examples.LagTest" region="newest" :
  /// device.start(
  ///     "meter",
  ///     context -> {
  ///       context.on(
  ///           Subscription.to(Reading.class)
  ///               .capacity(2)
  ///               .dropNewest()
  ///               .onLagged(missed -> heard.add(missed + " missed")),
  ///           (reading, at) -> heard.add(reading.value()));
  ///       for (int value = 1; value <= 5; value++) {
  ///         context.publish(new Reading(value));
  ///       }
  ///     });
  /// device.awaitQuiet();
  /// assertThat(heard).containsExactly("3 missed", 1, 2);
  /// }
  DROP_NEWEST,

  /// Only the newest event of each topic (and [Topic#key]) waits, with its own place in the order;
  /// the one before is counted as superseded and not told. At most capacity topics and keys wait;
  /// then the oldest makes room, which is counted as overflow and told. For screens, which want
  /// what is true now.
  ///
  /// {@snippet class="dev.sonde.examples.LagTest" region="latest" :
  /// device.start(
  ///     "screen",
  ///     context -> {
  ///       context.on(
  ///           Subscription.to(Level.class)
  ///               .capacity(2)
  ///               .latest()
  ///               .onLagged(missed -> heard.add(missed + " missed")),
  ///           (level, at) -> heard.add(level));
  ///       context.publish(new Level("a", 10));
  ///       context.publish(new Level("b", 20));
  ///       context.publish(new Level("a", 11)); // supersedes a 10: counted, not told
  ///       context.publish(new Level("c", 30)); // a third valve: b 20, now the oldest, makes room
  ///     });
  /// device.awaitQuiet();
  /// assertThat(heard).containsExactly("1 missed", new Level("a", 11), new Level("c", 30));
  /// }
  LATEST
}
