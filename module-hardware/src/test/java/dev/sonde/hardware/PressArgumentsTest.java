package dev.sonde.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.event.input.Key;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PressArgumentsTest {

  @ParameterizedTest
  @CsvSource({
    "OK, 80",
    "ok --long, 500",
    "--long OK, 500",
    "OK --hold 1234, 1234",
    "--hold 7 ok, 7",
  })
  void shouldReadKeyAndHold(String typed, long millis) {
    assertThat(PressArguments.parse(List.of(typed.split(" "))))
        .isEqualTo(new PressArguments(Key.OK, Duration.ofMillis(millis)));
  }

  @ParameterizedTest
  @CsvSource({
    "--long, Which key?",
    "FIRE, There is no key 'FIRE'",
    "OK UP, One key at a time",
    "OK --fast, There is no option '--fast'",
    "OK --hold, is no time to hold a key",
    "OK --hold 0, is no time to hold a key",
    "OK --hold 60001, is no time to hold a key",
    "OK --hold -5, is no time to hold a key",
    "OK --hold soon, is no time to hold a key",
  })
  void shouldSayWhatIsWrong(String typed, String message) {
    assertThatThrownBy(() -> PressArguments.parse(List.of(typed.split(" "))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldAskForAKey() {
    assertThatThrownBy(() -> PressArguments.parse(List.of())).hasMessageContaining("Which key?");
  }
}
