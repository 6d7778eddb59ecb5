package dev.sonde.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// One setting changes, and everything else in the file stays as its author wrote it.
class ConfigurationTextTest {

  private static final List<String> FILE =
      List.of("# The pump.", "#rate = 1", "", "mode=auto", "  # modes: auto, off");

  @Test
  void shouldChangeTheLineOfAKeyThatIsThere() {
    assertThat(ConfigurationText.set(FILE, "mode", "off"))
        .containsExactly("# The pump.", "#rate = 1", "", "mode=off", "  # modes: auto, off");
  }

  @Test
  void shouldSetBelowTheLineThatHasTheKeyCommentedOut() {
    assertThat(ConfigurationText.set(FILE, "rate", "5"))
        .containsExactly(
            "# The pump.", "#rate = 1", "rate = 5", "", "mode=auto", "  # modes: auto, off");
  }

  @Test
  void shouldAppendAKeyThatNobodyMentions() {
    assertThat(ConfigurationText.set(FILE, "supervision.restarts", "3"))
        .startsWith(FILE.toArray(String[]::new))
        .endsWith("supervision.restarts = 3");
  }

  @Test
  void shouldTakeAValueBack() {
    assertThat(ConfigurationText.unset(FILE, "mode"))
        .containsExactly("# The pump.", "#rate = 1", "", "  # modes: auto, off");
  }

  @Test
  void shouldNotTakeAKeyForAnotherThatBeginsLikeIt() {
    assertThat(ConfigurationText.set(List.of("modest = 1"), "mode", "off"))
        .containsExactly("modest = 1", "mode = off");
  }
}
