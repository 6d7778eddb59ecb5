package dev.sonde.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestMatchTest {

  @ParameterizedTest
  @CsvSource({"'',abc,3", "kitten,sitting,3", "same,same,0", "ab,ba,2", "abc,'',3"})
  void shouldCountEdits(String a, String b, int edits) {
    assertThat(NearestMatch.distance(a, b)).isEqualTo(edits);
  }

  @Test
  void shouldPreferTheFewestEdits() {
    assertThat(NearestMatch.of("stap", List.of("start", "stop"))).contains("stop");
  }

  @Test
  void shouldCompleteWhatOnlyOneWordBeginsWith() {
    assertThat(NearestMatch.of("--so", List.of("--source", "--set"))).contains("--source");
    assertThat(NearestMatch.of("--s", List.of("--source", "--set"))).isEmpty();
  }

  @Test
  void shouldNotGuessWildly() {
    assertThat(NearestMatch.of("telnet", List.of("run", "exec"))).isEmpty();
    assertThat(NearestMatch.of("", List.of("run"))).isEmpty();
  }
}
