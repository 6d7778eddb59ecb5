package dev.sonde.bridge;

import dev.sonde.bridge.Bus.Question;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Requests that wait for their answer ([dev.sonde.bus.EventBus#ask]).
final class Questions {

  private final Map<Long, Question> open = new ConcurrentHashMap<>();

  /// Called under the order lock, before the request is anywhere to be seen.
  void put(long sequence, Question question) {
    open.put(sequence, question);
    var _ = question.reply().whenComplete((event, failure) -> open.remove(sequence));
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  int size() {
    return open.size();
  }

  boolean await(Class<? extends Event> type) {
    return open.values().stream().anyMatch(question -> question.answer().isAssignableFrom(type));
  }

  /// Completes the question that this event answers, if there is one.
  void answer(Envelope envelope) {
    Question question = open.get(envelope.causedBy());
    if (question != null && question.answer().isInstance(envelope.event())) {
      question.reply().complete(envelope.event());
    }
  }

  /// Lets go of questions that nobody asks any more.
  void forget(Predicate<Question> condition, Throwable reason) {
    open.values().stream()
        .filter(condition)
        .forEach(question -> question.reply().completeExceptionally(reason));
  }
}
