package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class TailTest {

  private final Tail tail = new Tail(3);

  @Test
  void shouldKeepTheLast() {
    for (int i = 1; i <= 5; i++) {
      add("a/B", "line " + i);
    }

    assertThat(last(heard -> true, 10)).containsExactly("line 3", "line 4", "line 5");
  }

  @Test
  void shouldFindTheLastOfATopicInOrder() {
    add("a/B", "one");
    add("c/D", "two");
    add("a/B", "three");

    assertThat(last(heard -> heard.topic().equals("a/B"), 10)).containsExactly("one", "three");
    assertThat(last(heard -> true, 2)).containsExactly("two", "three");
    assertThat(last(heard -> true, 0)).isEmpty();
  }

  private void add(String topic, String text) {
    tail.add(new Heard(0, "network", topic, Level.INFO, Map.of("text", text)));
  }

  private List<Object> last(Predicate<Heard> wanted, int count) {
    return tail.last(wanted, count).stream().map(heard -> heard.components().get("text")).toList();
  }
}
