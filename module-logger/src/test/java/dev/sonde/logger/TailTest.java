package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.TopicPattern;
import org.junit.jupiter.api.Test;

class TailTest {

  private final Tail tail = new Tail(3);

  @Test
  void shouldKeepTheLastLines() {
    for (int i = 1; i <= 5; i++) {
      tail.add("a/B", "line " + i);
    }

    assertThat(tail.last(TopicPattern.of("*"), 10)).containsExactly("line 3", "line 4", "line 5");
  }

  @Test
  void shouldFindTheLastOfATopicInOrder() {
    tail.add("a/B", "one");
    tail.add("c/D", "two");
    tail.add("a/B", "three");

    assertThat(tail.last(TopicPattern.of("a/*"), 10)).containsExactly("one", "three");
    assertThat(tail.last(TopicPattern.of("*"), 2)).containsExactly("two", "three");
    assertThat(tail.last(TopicPattern.of("*"), 0)).isEmpty();
  }
}
