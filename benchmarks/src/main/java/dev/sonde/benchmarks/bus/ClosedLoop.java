package dev.sonde.benchmarks.bus;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// The same for all contenders: publishers that never have more than a fixed number of events in
/// flight, so that a queue without a bound can not look fast, and receivers that are held to
/// account for every event.
final class ClosedLoop {

  /// The default capacity of a Sonde inbox, and the size of the Disruptor's ring.
  static final int IN_FLIGHT = 1024;

  /// How long a bus may deliver nothing while something is in flight.
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<Receiver> receivers;
  private final List<Lane> lanes;

  ClosedLoop(int publishers, int subscribers) {
    this(publishers, subscribers, PATIENCE);
  }

  ClosedLoop(int publishers, int subscribers, Duration patience) {
    receivers =
        IntStream.range(0, subscribers).mapToObj(subscriber -> new Receiver(publishers)).toList();
    lanes =
        IntStream.range(0, publishers)
            .mapToObj(lane -> new Lane(lane, IN_FLIGHT / publishers, patience, this::received))
            .toList();
  }

  private long received(int lane) {
    long least = Long.MAX_VALUE;
    for (Receiver receiver : receivers) {
      least = Math.min(least, receiver.count(lane));
    }
    return least;
  }

  List<Receiver> receivers() {
    return receivers;
  }

  Lane lane(int index) {
    return lanes.get(index);
  }

  /// How many events have been published. For when no publisher is at work.
  long sent() {
    return lanes.stream().mapToLong(Lane::sent).sum();
  }

  /// Waits until everything has been received, and checks that every subscriber got every event
  /// once. For when no publisher is at work.
  ///
  /// @throws LostEventException if not
  void verify() {
    for (Lane lane : lanes) {
      lane.drain();
      for (int i = 0; i < receivers.size(); i++) {
        verify(lane, i);
      }
    }
  }

  private void verify(Lane lane, int subscriber) {
    long count = receivers.get(subscriber).count(lane.index());
    long sum = receivers.get(subscriber).sum(lane.index());
    if (count != lane.sent() || sum != lane.sum()) {
      throw new LostEventException(
          "publisher %d sent %,d events with the sum %,d; subscriber %d received %,d with %,d"
              .formatted(lane.index(), lane.sent(), lane.sum(), subscriber, count, sum));
    }
  }
}
