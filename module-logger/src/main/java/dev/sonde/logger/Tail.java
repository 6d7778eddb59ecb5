package dev.sonde.logger;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/// What was heard last.
final class Tail {

  private final int capacity;
  private final ArrayDeque<Heard> last = new ArrayDeque<>();

  Tail(int capacity) {
    this.capacity = capacity;
  }

  void add(Heard heard) {
    if (last.size() == capacity) {
      last.removeFirst();
    }
    last.addLast(heard);
  }

  /// The last ones that somebody wants, oldest first.
  List<Heard> last(Predicate<Heard> wanted, int count) {
    List<Heard> found = new ArrayList<>();
    Iterator<Heard> newestFirst = last.descendingIterator();
    while (newestFirst.hasNext() && found.size() < count) {
      Heard heard = newestFirst.next();
      if (wanted.test(heard)) {
        found.add(heard);
      }
    }
    Collections.reverse(found);
    return found;
  }
}
