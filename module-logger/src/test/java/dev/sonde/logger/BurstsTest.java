package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BurstsTest {

  private final List<String> folded = new ArrayList<>();
  private long now;
  private final Bursts bursts =
      new Bursts(
          () -> now,
          (last, count) -> folded.add(last.topic() + " " + count + " " + last.components()));

  @Test
  void shouldShowTheFirstAndFoldTheOthers() {
    bursts.use(10);
    assertThat(admitted("a/B", 312)).isEqualTo(10);
    assertThat(bursts.isOpen()).isTrue();
    bursts.close();
    assertThat(folded).isEmpty();

    now += Bursts.WINDOW.toNanos();
    bursts.close();
    assertThat(folded).containsExactly("a/B 312 {i=311}");
    assertThat(bursts.isOpen()).isFalse();
  }

  @Test
  void shouldNotFoldWhatIsNoBurst() {
    bursts.use(10);
    assertThat(admitted("a/B", 10)).isEqualTo(10);

    assertThat(bursts.isOpen()).isFalse();
  }

  @Test
  void shouldLookAtEachTopicByItself() {
    bursts.use(2);
    assertThat(admitted("a/B", 5)).isEqualTo(2);
    assertThat(admitted("a/C", 2)).isEqualTo(2);
    bursts.closeAll();

    assertThat(folded).containsExactly("a/B 5 {i=4}");
  }

  @Test
  void shouldLookAtEachModuleByItself() {
    bursts.use(1);
    assertThat(admitted("a/B", 3)).isEqualTo(1);

    assertThat(bursts.admit(new Heard(0, "other", "a/B", Level.INFO, Map.of()))).isTrue();
  }

  @Test
  void shouldTellAFloodSecondBySecond() {
    bursts.use(1);
    for (int second = 0; second < 3; second++) {
      assertThat(admitted("a/B", 4)).isEqualTo(1);
      now += Bursts.WINDOW.toNanos();
    }
    bursts.close();

    assertThat(folded).hasSize(3).allMatch(line -> line.startsWith("a/B 4"));
  }

  @Test
  void shouldShowAllWhenAskedTo() {
    bursts.use(0);

    assertThat(admitted("a/B", 1_000)).isEqualTo(1_000);
  }

  @Test
  void shouldAccountForEachOfAFloodOfTopics() {
    bursts.use(1);
    for (int topic = 0; topic < 100_000; topic++) {
      admitted("a/" + topic, 2);
    }
    bursts.closeAll();

    assertThat(folded).hasSize(100_000);
  }

  private long admitted(String topic, int times) {
    long admitted = 0;
    for (int i = 0; i < times; i++) {
      admitted += bursts.admit(new Heard(0, "network", topic, Level.INFO, Map.of("i", i))) ? 1 : 0;
    }
    return admitted;
  }
}
