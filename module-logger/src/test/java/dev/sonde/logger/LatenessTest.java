package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenessTest {

  private final Told told = new Told();
  private long nanos;
  private final Lateness lateness = new Lateness(Path.of("journal.jsonl"), told, () -> nanos);

  @Test
  void shouldSayNothingOfADiskThatIsFastEnough() {
    sync(20, 3);

    assertThat(lateness.count()).isZero();
    assertThat(told.sentences).isEmpty();
  }

  @Test
  void shouldTellAtOnceAndThenOnceAMinuteAtMost() {
    sync(21, 2);
    sync(400, 1);
    sync(30, 1);
    assertThat(told.sentences).containsExactly("late: 2, at worst 21 ms");
    pass(Duration.ofMinutes(1));
    sync(5, 1);
    pass(Duration.ofMinutes(5));
    sync(5, 1);

    assertThat(told.sentences)
        .containsExactly("late: 2, at worst 21 ms", "late: 2, at worst 400 ms");
    assertThat(lateness.count()).isEqualTo(4);
  }

  /// Some events that go to the disk together.
  private void sync(int millis, int events) {
    long heard = nanos;
    pass(Duration.ofMillis(millis));
    for (int i = 0; i < events; i++) {
      lateness.synced(heard);
    }
    lateness.tell();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
  }
}
