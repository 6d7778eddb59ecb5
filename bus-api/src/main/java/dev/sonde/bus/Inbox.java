package dev.sonde.bus;

import org.osgi.annotation.versioning.ProviderType;

/// A live subscription: the events that wait for its handler, and the account of those that came
/// and went. All methods may be called from any thread.
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

  /// How many events may wait.
  ///
  /// @return [Subscription#capacity]
  int capacity();

  /// Whether nothing more will be delivered.
  ///
  /// @return true once closed and drained
  boolean isClosed();

  /// Ends the subscription: nothing more is accepted, what waits is still delivered, and then it is
  /// closed. Returns at once. What the module's stop deadline cuts off is counted as expired.
  /// Closing again does nothing; a handler may close its own subscription, and then receives what
  /// waited.
  @Override
  void close();
}
