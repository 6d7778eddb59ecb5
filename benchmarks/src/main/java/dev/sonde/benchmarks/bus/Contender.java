package dev.sonde.benchmarks.bus;

import java.util.function.LongConsumer;
import org.osgi.service.event.EventHandler;

/// A bus under test. Subscribers come first, then publishers, then traffic.
interface Contender extends AutoCloseable {

  /// Publishes a fresh event that carries a value.
  @FunctionalInterface
  interface Publisher {
    void publish(long value);
  }

  /// Publishes a fresh event that carries a value, on any topic.
  @FunctionalInterface
  interface TopicPublisher {
    void publish(String topic, long value);
  }

  /// Adds a subscriber, isolated from the others as well as the bus can.
  ///
  /// @param pattern [Tick#TOPIC], or a prefix of it where the bus knows that
  /// @param receiver what its handler hands every value to
  void subscribe(String pattern, LongConsumer receiver);

  /// Called by each publishing thread, on that thread.
  ///
  /// @return publishes on [Tick#TOPIC]
  Publisher publisher();

  /// Called by each publishing thread, on that thread.
  ///
  /// @return publishes on [Tick#TOPIC], and returns when every handler has
  default Publisher sender() {
    throw new UnsupportedOperationException("only asynchronous");
  }

  /// Adds a subscriber to all topics below a prefix.
  ///
  /// @param pattern `a/*`
  /// @param receiver what its handler hands every value to
  default void subscribeBelow(String pattern, LongConsumer receiver) {
    throw new UnsupportedOperationException("no prefixes");
  }

  /// Called by the publishing thread.
  ///
  /// @return publishes on topics that are known only when it runs
  default TopicPublisher topicPublisher() {
    throw new UnsupportedOperationException("no topics");
  }

  /// Adds a plain OSGi handler beside the subscribers.
  default void subscribePlainly(EventHandler handler) {
    throw new UnsupportedOperationException("no plain handlers");
  }

  /// Checks the bus's own account of what it delivered.
  ///
  /// @param published how many events have been published so far, all of them received
  /// @param subscribers how many subscribers received each
  /// @throws LostEventException if it says otherwise
  default void check(long published, int subscribers) {}

  @Override
  void close();
}
