package dev.sonde.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.Topic;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// What publishers were told: the sequence of each event, against which subscribers' logs are held.
final class Ledger {

  private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
  private final AtomicLong marks = new AtomicLong();

  /// An event that was published.
  ///
  /// @param cause what was being handled, 0 for nothing
  record Sent(long sequence, String topic, Event event, long cause) {}

  /// Only its sequence is of interest: what was before it, and what came after.
  @Topic("ledger/MARK")
  record Mark(long number) implements Event {}

  /// Publishes, and writes down what that returned.
  long publish(ToLongFunction<Event> bus, Event event, long cause) {
    long sequence = bus.applyAsLong(event);
    sent.add(new Sent(sequence, topicOf(event), event, cause));
    return sequence;
  }

  /// Publishes a mark.
  long mark(ToLongFunction<Event> bus) {
    return publish(bus, new Mark(marks.incrementAndGet()), 0);
  }

  /// Everything in bus order, after a check that each sequence was given once and none was left
  /// out.
  Sent[] inOrder() {
    long first = sequences().min(Long::compare).orElseThrow();
    long last = sequences().max(Long::compare).orElseThrow();
    assertThat(last - first + 1).as("sequences without a gap").isEqualTo(sent.size());
    Sent[] ordered = new Sent[sent.size()];
    for (Sent one : sent) {
      int index = Math.toIntExact(one.sequence - first);
      assertThat(ordered[index] == null).as("%s has a sequence of its own", one).isTrue();
      ordered[index] = one;
    }
    return ordered;
  }

  private Stream<Long> sequences() {
    return sent.stream().map(Sent::sequence);
  }

  private static String topicOf(Event event) {
    return event instanceof PlainEvent plain
        ? plain.topic()
        : event.getClass().getAnnotation(Topic.class).value();
  }
}
