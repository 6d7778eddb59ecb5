package dev.sonde.benchmarks.bus;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/// The closed loop where each event goes to one of many subscribers: the publisher waits for all of
/// them together.
final class SpreadLoop {

  private final LongAdder received = new LongAdder();
  private final Lane lane;
  private final List<Receiver> receivers;
  private final long[] counts;
  private final long[] sums;

  SpreadLoop(int subscribers) {
    this(subscribers, ClosedLoop.PATIENCE);
  }

  SpreadLoop(int subscribers, Duration patience) {
    lane = new Lane(0, ClosedLoop.IN_FLIGHT, patience, same -> received.sum());
    receivers = IntStream.range(0, subscribers).mapToObj(i -> new Receiver(1)).toList();
    counts = new long[subscribers];
    sums = new long[subscribers];
  }

  LongConsumer receiver(int subscriber) {
    Receiver receiver = receivers.get(subscriber);
    return value -> {
      receiver.receive(value);
      received.increment();
    };
  }

  /// Waits for room.
  ///
  /// @param subscriber who is to get the next event
  /// @return its value
  long next(int subscriber) {
    long value = lane.next();
    counts[subscriber]++;
    sums[subscriber] += value;
    return value;
  }

  long sent() {
    return lane.sent();
  }

  /// Waits until everything has been received, and checks that every subscriber got its events
  /// once. For when no publisher is at work.
  ///
  /// @throws LostEventException if not
  void verify() {
    lane.drain();
    for (int i = 0; i < counts.length; i++) {
      long count = receivers.get(i).count(0);
      long sum = receivers.get(i).sum(0);
      if (count != counts[i] || sum != sums[i]) {
        throw new LostEventException(
            "subscriber %d was sent %,d events with the sum %,d, and received %,d with %,d"
                .formatted(i, counts[i], sums[i], count, sum));
      }
    }
  }
}
