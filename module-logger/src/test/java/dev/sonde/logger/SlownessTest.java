package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlownessTest {

  private final Told told = new Told();
  private final Slowness slowness = new Slowness("The history", told);
  private long lost;

  @Test
  void shouldTellOnceWhatIsMissing() {
    for (boolean taken : List.of(true, false, false, true, true, false, true)) {
      lost += taken ? 0 : 1;
      assertThat(slowness.keepsUp(taken, () -> lost)).isEqualTo(taken);
    }

    assertThat(told.sentences)
        .containsExactly(
            "The history can not keep up; events are left out of it and counted",
            "The history keeps up again; 2 events are missing from it",
            "The history can not keep up; events are left out of it and counted",
            "The history keeps up again; 1 events are missing from it");
  }
}
