package dev.sonde.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bus.TopicPattern;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordingChoiceTest {

  @Test
  void shouldReadWhatIsToBeRecorded() {
    assertThat(RecordingChoice.parse("off")).isEqualTo(RecordingChoice.OFF);
    assertThat(RecordingChoice.parse("always").always()).isTrue();
    assertThat(RecordingChoice.parse("sonde/alert/*").around())
        .isEqualTo(Optional.of(TopicPattern.of("sonde/alert/*")));
  }

  @Test
  void shouldRefuseWhatIsNoTopic() {
    assertThatThrownBy(() -> RecordingChoice.parse("on alert!"))
        .hasMessage("is 'on alert!'; expected off, always, or a topic such as sonde/alert/*");
  }
}
