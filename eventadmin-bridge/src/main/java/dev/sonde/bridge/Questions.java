package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Requests that wait for their answer ([dev.sonde.bus.EventBus#ask]).
final class Questions {

  private final Map<Long, Question> open = new ConcurrentHashMap<>();

  private record Question(Class<? extends Event> answer, CompletableFuture<Event> reply) {}

  /// Called under the order lock, before the request is anywhere to be seen.
  void put(long sequence, Class<? extends Event> answer, CompletableFuture<Event> reply) {
    open.put(sequence, new Question(answer, reply));
    var _ = reply.whenComplete((event, failure) -> open.remove(sequence));
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  boolean await(Class<? extends Event> type) {
    return open.values().stream().anyMatch(question -> question.answer.isAssignableFrom(type));
  }

  /// Completes the question that this event answers, if there is one.
  void answer(Envelope envelope) {
    if (envelope.causedBy() != Envelope.NO_CAUSE && !open.isEmpty()) {
      Question question = open.get(envelope.causedBy());
      if (question != null && question.answer.isInstance(envelope.event())) {
        question.reply.complete(envelope.event());
      }
    }
  }
}
