package dev.sonde.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.event.input.Key;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WiringTest {

  @Test
  void shouldReadKeysAndPins() {
    Wiring wiring = Wiring.parse(PinProvider.MOCK, List.of("OK:17", " back : 27 ", ""));

    assertThat(wiring.pins()).isEqualTo(Map.of(Key.OK, 17, Key.BACK, 27));
  }

  @Test
  void shouldHaveNoPinsWithoutAProvider() {
    assertThat(Wiring.parse(PinProvider.NONE, List.of("OK:17"))).isEqualTo(Wiring.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "OK, write KEY:PIN",
    "FIRE:3, There is no key 'FIRE'",
    "OK:28, there is no pin '28'",
    "OK:-1, there is no pin '-1'",
    "OK:99999999999, there is no pin '99999999999'",
    "OK:, there is no pin ''",
    "UP:5, pin 5 is another key's already",
    "DOWN:6, DOWN has a pin already",
  })
  void shouldSayWhatIsWrong(String entry, String message) {
    assertThatThrownBy(() -> Wiring.parse(PinProvider.MOCK, List.of("DOWN:5", entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
