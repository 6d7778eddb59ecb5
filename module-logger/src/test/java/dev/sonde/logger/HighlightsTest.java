package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.sonde.bus.PlainEvent;
import dev.sonde.event.network.CaptureStarted;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HighlightsTest {

  private final Highlights highlights = new Highlights(Samples::components);

  @Test
  void shouldNameOnlyComponentsThatExist() {
    Highlights.LISTED.forEach(
        (record, names) ->
            assertThat(record.getRecordComponents())
                .extracting(RecordComponent::getName)
                .containsAll(names));
  }

  @Test
  void shouldShowWhatMattersMostFirst() {
    assertThat(highlights.of(Samples.query("example.org")).keySet())
        .containsExactly("name", "type", "client", "server");
  }

  @Test
  void shouldShowOtherRecordsWhole() {
    assertThat(highlights.of(new CaptureStarted("sample", 1, "why")))
        .containsExactly(entry("source", "sample"), entry("linkType", 1), entry("note", "why"));
  }

  @Test
  void shouldShowThePropertiesOfPlainEvents() {
    assertThat(highlights.of(new PlainEvent("a/B", Map.of("b", 2, "a", 1))))
        .containsExactly(entry("a", 1), entry("b", 2));
  }

  @Test
  void shouldLeaveOutWhatIsEmpty() {
    assertThat(highlights.of(Samples.query(""))).doesNotContainKey("name");
  }
}
