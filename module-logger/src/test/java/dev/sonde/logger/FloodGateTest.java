package dev.sonde.logger;

import static dev.sonde.logger.FloodGate.Answer.CLOSED;
import static dev.sonde.logger.FloodGate.Answer.CLOSING;
import static dev.sonde.logger.FloodGate.Answer.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloodGateTest {

  private static final long MILLI = 1_000_000;

  private long now;
  private final FloodGate gate = new FloodGate(() -> now);

  private void flood(String source) {
    for (int i = 0; i < FloodGate.AT_ONCE; i++) {
      assertThat(gate.ask(source)).isEqualTo(OPEN);
    }
    assertThat(gate.ask(source)).isEqualTo(CLOSING);
    assertThat(gate.ask(source)).isEqualTo(CLOSED);
  }

  /// Twenty each second are one in fifty milliseconds.
  @Test
  void shouldNotForgetWhatIsLessThanOneToken() {
    flood("a");
    int open = 0;
    for (int time = 1; time <= 10; time++) {
      now += 30 * MILLI;
      open += gate.ask("a") == OPEN ? 1 : 0;
    }

    assertThat(open).isEqualTo(6);
    assertThat(gate.refused()).isEqualTo(2 + 4);
  }

  @Test
  void shouldForgetTheSourceThatWasQuietForLongest() {
    flood("quiet");
    flood("busy");
    for (int other = 0; other < 999; other++) {
      gate.ask("other" + other);
    }

    assertThat(gate.ask("busy")).isEqualTo(CLOSED);
    assertThat(gate.ask("quiet")).isEqualTo(OPEN);
  }

  @Test
  void shouldTellTheNextFloodToo() {
    flood("a");
    now += 60_000 * MILLI;
    flood("a");
  }
}
