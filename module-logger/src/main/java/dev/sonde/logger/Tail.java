package dev.sonde.logger;

import dev.sonde.bus.TopicPattern;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/// The last lines, as text: an event kept here would keep the bundle that it comes from.
final class Tail {

  private record Line(String topic, String text) {}

  private final int capacity;
  private final ArrayDeque<Line> lines = new ArrayDeque<>();

  Tail(int capacity) {
    this.capacity = capacity;
  }

  void add(String topic, String text) {
    if (lines.size() == capacity) {
      lines.removeFirst();
    }
    lines.addLast(new Line(topic, text));
  }

  /// The last lines whose topic matches, oldest first.
  List<String> last(TopicPattern pattern, int count) {
    List<String> found = new ArrayList<>();
    Iterator<Line> newestFirst = lines.descendingIterator();
    while (newestFirst.hasNext() && found.size() < count) {
      Line line = newestFirst.next();
      if (pattern.matches(line.topic)) {
        found.add(line.text);
      }
    }
    Collections.reverse(found);
    return found;
  }
}
