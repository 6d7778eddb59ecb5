package dev.sonde.benchmarks.bus;

/// A bus under test. Subscribers come first, then publishers, then traffic.
interface Contender extends AutoCloseable {

  /// Publishes a fresh event that carries a value, on [Tick#TOPIC].
  @FunctionalInterface
  interface Publisher {
    void publish(long value);
  }

  /// Adds a subscriber, isolated from the others as well as the bus can.
  ///
  /// @param pattern [Tick#TOPIC], or a prefix of it where the bus knows that
  /// @param receiver what its handler hands every value to
  void subscribe(String pattern, Receiver receiver);

  /// Called by each publishing thread, on that thread.
  Publisher publisher();

  /// Checks the bus's own account of what it delivered.
  ///
  /// @param sent how many events have been published so far, all of them received
  /// @throws LostEventException if it says otherwise
  default void check(long sent) {}

  @Override
  void close();
}
