package dev.sonde.bridge;

import dev.sonde.bus.Envelope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Events that wait in bus order. Not safe for several threads.
sealed interface Backlog {

  @Nullable Envelope first();

  @Nullable Envelope removeFirst();

  /// Adds at the end.
  ///
  /// @return what it took the place of, if anything
  @Nullable Envelope add(Envelope envelope, Object identity);

  int size();

  /// Everything in its order, with its identity where that matters.
  void forEach(BiConsumer<Envelope, Object> action);

  /// Removes what fits and returns it.
  List<Envelope> removeIf(Predicate<Envelope> condition);

  /// Every event waits.
  final class InOrder implements Backlog {
    private final ArrayDeque<Envelope> queue = new ArrayDeque<>();

    @Override
    public @Nullable Envelope first() {
      return queue.peekFirst();
    }

    @Override
    public @Nullable Envelope removeFirst() {
      return queue.pollFirst();
    }

    @Override
    public @Nullable Envelope add(Envelope envelope, Object identity) {
      queue.addLast(envelope);
      return null;
    }

    @Override
    public int size() {
      return queue.size();
    }

    @Override
    public void forEach(BiConsumer<Envelope, Object> action) {
      queue.forEach(envelope -> action.accept(envelope, envelope.topic()));
    }

    @Override
    public List<Envelope> removeIf(Predicate<Envelope> condition) {
      return drain(queue.iterator(), condition);
    }
  }

  /// Only the newest event of each topic and key waits.
  final class Latest implements Backlog {
    private final LinkedHashMap<Object, Envelope> newest = new LinkedHashMap<>();

    @Override
    public @Nullable Envelope first() {
      return newest.isEmpty() ? null : newest.firstEntry().getValue();
    }

    @Override
    public @Nullable Envelope removeFirst() {
      var first = newest.pollFirstEntry();
      return first == null ? null : first.getValue();
    }

    @Override
    public @Nullable Envelope add(Envelope envelope, Object identity) {
      return newest.putLast(identity, envelope);
    }

    @Override
    public int size() {
      return newest.size();
    }

    @Override
    public void forEach(BiConsumer<Envelope, Object> action) {
      newest.forEach((identity, envelope) -> action.accept(envelope, identity));
    }

    @Override
    public List<Envelope> removeIf(Predicate<Envelope> condition) {
      return drain(newest.values().iterator(), condition);
    }
  }

  private static List<Envelope> drain(Iterator<Envelope> all, Predicate<Envelope> condition) {
    List<Envelope> removed = new ArrayList<>();
    while (all.hasNext()) {
      Envelope envelope = all.next();
      if (condition.test(envelope)) {
        all.remove();
        removed.add(envelope);
      }
    }
    return removed;
  }
}
