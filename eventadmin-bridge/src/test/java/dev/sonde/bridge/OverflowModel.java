package dev.sonde.bridge;

import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Overflow;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.util.ArrayList;
import java.util.List;

/// What an inbox must do, said as simply as possible: a list, and a few numbers.
final class OverflowModel {

  private final Overflow policy;
  private final int capacity;
  private final long capacityBytes;
  private final List<Parcel> waiting = new ArrayList<>();
  private long matched;
  private long delivered;
  private long overflow;
  private long superseded;
  private long untold;

  /// What the handler and the lag listener must have seen: numbers of events, and how many were
  /// missed as negative numbers.
  private final List<Long> seen = new ArrayList<>();

  /// An event with a number, with a key that tells parcels apart, and of any size.
  @Topic(value = "overflow/PARCEL", key = "key")
  record Parcel(long number, String key, int payloadBytes) implements dev.sonde.bus.Event {}

  OverflowModel(Subscription<?> subscription) {
    policy = subscription.overflow();
    capacity = subscription.capacity();
    capacityBytes = subscription.capacityBytes();
  }

  void publish(Parcel parcel) {
    matched++;
    if (parcel.payloadBytes() > capacityBytes) {
      lose();
      return;
    }
    if (policy == Overflow.LATEST && waiting.removeIf(old -> old.key().equals(parcel.key()))) {
      superseded++;
    }
    waiting.add(parcel);
    while (waiting.size() > capacity || waitingBytes() > capacityBytes) {
      var _ = policy == Overflow.DROP_NEWEST ? waiting.removeLast() : waiting.removeFirst();
      lose();
    }
  }

  private void lose() {
    overflow++;
    untold++;
  }

  private long waitingBytes() {
    return waiting.stream().mapToLong(Parcel::payloadBytes).sum();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void deliver() {
    if (untold > 0) {
      seen.add(-untold);
      untold = 0;
    }
    seen.add(waiting.removeFirst().number());
    delivered++;
  }

  void deliverAll(long upTo) {
    while (delivered < upTo && !isEmpty()) {
      deliver();
    }
  }

  List<Long> seen() {
    return seen;
  }

  InboxCounts counts() {
    return new InboxCounts(
        matched, delivered, waiting.size(), waitingBytes(), overflow, superseded, 0, 0, 0, 0);
  }
}
