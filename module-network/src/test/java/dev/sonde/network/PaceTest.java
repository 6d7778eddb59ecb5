package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  private static final long BEGIN = 1_000_000_000_000L;
  private static final long MILLI = 1_000_000;
  private static final long NOW = 77;

  @Test
  void shouldPlayInTheTimeOfTheRecording() {
    Pace pace = new Pace(Speed.REAL_TIME);

    assertThat(pace.due(BEGIN, NOW)).isEqualTo(NOW);
    assertThat(pace.due(BEGIN + 250 * MILLI, NOW)).isEqualTo(NOW + 250_000_000);
    assertThat(pace.due(BEGIN + 300 * MILLI, NOW)).isEqualTo(NOW + 300_000_000);
  }

  @Test
  void shouldPlayFasterByAFactor() {
    Pace pace = new Pace(new Speed(10));
    pace.due(BEGIN, NOW);

    assertThat(pace.due(BEGIN + 250 * MILLI, NOW)).isEqualTo(NOW + 25_000_000);
  }

  @Test
  void shouldNotWaitForTimesThatRunBackwardsOrFarAhead() {
    Pace pace = new Pace(Speed.REAL_TIME);
    pace.due(BEGIN, NOW);

    assertThat(pace.due(0, NOW)).isEqualTo(NOW);
    assertThat(pace.due(Long.MAX_VALUE, NOW)).isEqualTo(NOW + Pace.LONGEST_SILENCE.toNanos());
    assertThat(pace.due(0, NOW)).isEqualTo(NOW + Pace.LONGEST_SILENCE.toNanos());
  }

  @Test
  void shouldNotWaitAtFullSpeed() {
    Pace pace = new Pace(Speed.FULL);
    pace.due(BEGIN, NOW);

    assertThat(pace.due(BEGIN + 86_400_000 * MILLI, NOW)).isEqualTo(NOW);
  }

  @Test
  void shouldNotWaitOnceCancelled() throws Exception {
    Pace pace = new Pace(new Speed(0.001));
    assertThat(pace.await(BEGIN)).isTrue();
    pace.cancel();

    assertThat(pace.await(BEGIN + 60_000 * MILLI)).isFalse();
  }

  @Test
  void shouldReadSpeeds() throws Exception {
    assertThat(Speed.parse("auto", Speed.REAL_TIME)).isEqualTo(Speed.REAL_TIME);
    assertThat(Speed.parse(" max ", Speed.REAL_TIME).isFull()).isTrue();
    assertThat(Speed.parse("2.5", Speed.FULL).factor()).isEqualTo(2.5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fast", "0", "-1", "NaN", "Infinity"})
  void shouldRefuseSpeedsThatAreNone(String text) {
    assertThatThrownBy(() -> Speed.parse(text, Speed.FULL))
        .isInstanceOf(CaptureException.class)
        .hasMessageContaining(text);
  }
}
