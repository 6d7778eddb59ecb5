package dev.sonde.bus;

import org.osgi.annotation.versioning.ProviderType;

/// A live subscription: the events that wait for its handler, and the account of those that came
/// and went. All methods may be called from any thread, also when the module has stopped.
///
/// When the next version of the module has taken the subscription over, the former version's object
/// still reads the same account, but closes nothing.
@ProviderType
public interface Inbox extends AutoCloseable {

  /// The subscription's name.
  ///
  /// @return [Subscription#name]
  String name();

  /// The account at this moment, all figures taken together.
  ///
  /// @return a snapshot for which [InboxCounts#isBalanced] holds
  InboxCounts counts();

  /// How many events may wait, besides the one that is being handled.
  ///
  /// @return [Subscription#capacity]
  int capacity();

  /// Whether nothing more will be delivered. The handler of the last event may still be running.
  ///
  /// @return true once closed and drained
  boolean isClosed();

  /// Ends the subscription: nothing more is accepted, what waits is still delivered, and then it is
  /// closed. Returns at once. What the module's stop deadline cuts off is counted as expired.
  /// Closing again does nothing; a handler may close its own subscription, and then receives what
  /// waited. The name is free for a new subscription at once.
  ///
  /// {@snippet class="dev.sonde.examples.CloseTest" region="close" :
  /// device.start(
  ///     "meter",
  ///     context -> {
  ///       Inbox inbox = context.on(Reading.class, (reading, at) -> heard.add(reading.value()));
  ///       opened.set(inbox);
  ///       context.publish(new Reading(1));
  ///       context.publish(new Reading(2));
  ///       inbox.close();
  ///       context.publish(new Reading(3)); // does not match any more
  ///       assertThat(inbox.isClosed()).isFalse(); // 1 and 2 still wait
  ///     });
  /// device.awaitQuiet();
  /// assertThat(heard).containsExactly(1, 2);
  /// assertThat(opened.get().isClosed()).isTrue();
  /// assertThat(opened.get().counts().matched()).isEqualTo(2);
  /// }
  @Override
  void close();
}
