package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.event.network.CaptureStarted;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HighlightsTest {

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
    assertThat(of(Samples.query("example.org")).keySet())
        .containsExactly("name", "type", "client", "server");
  }

  @Test
  void shouldShowOtherRecordsWhole() {
    assertThat(of(new CaptureStarted("sample", 1, "why")))
        .containsExactly(entry("source", "sample"), entry("linkType", 1), entry("note", "why"));
  }

  @Test
  void shouldShowThePropertiesOfPlainEvents() {
    Event plain = new PlainEvent("a/B", Map.of("b", 2, "a", 1));

    assertThat(Highlights.of(Samples.heard(Samples.envelope(1, "a/B", plain))))
        .containsExactly(entry("a", 1), entry("b", 2));
  }

  @Test
  void shouldShowLastWhereAndWhenItWasCaptured() {
    Event plain = new PlainEvent("a/B", Map.of("captured", 1, "source", "x", "zone", "y"));

    assertThat(Highlights.of(Samples.heard(Samples.envelope(1, "a/B", plain))).keySet())
        .containsExactly("zone", "captured", "source");
  }

  @Test
  void shouldLeaveOutWhatIsEmpty() {
    assertThat(of(Samples.query(""))).doesNotContainKey("name");
  }

  private static Map<String, Object> of(Event event) {
    return Highlights.of(Samples.heard(Samples.envelope(1, event)));
  }
}
