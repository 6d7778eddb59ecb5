package dev.sonde.bridge.eventadmin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.EventConstants;

class TypedViewsTest {

  private final TypedViews views = new TypedViews();

  @Topic("test/NOTE")
  record Note(String text) implements Event {}

  private static Envelope at(long sequence) {
    return new Envelope(
        sequence, 5_000, "test/NOTE", "tester", Envelope.NO_CAUSE, new Note("n" + sequence));
  }

  @Test
  void shouldShowTheSameObjectToAllThatKeepUp() {
    Envelope first = at(1);
    assertThat(views.of(first)).isSameAs(views.of(first));
    assertThat(views.of(first).getProperty("text")).isEqualTo("n1");
    assertThat(views.of(first).getProperty(EventConstants.TIMESTAMP)).isEqualTo(5L);
  }

  @Test
  void shouldShowEachItsOwnWhereOneIsFarBehind() {
    for (long sequence : new long[] {1, 65, 1, 129, 65}) {
      assertThat(views.of(at(sequence)).getProperty("text")).isEqualTo("n" + sequence);
    }
  }

  @Test
  void shouldLetGo() {
    Envelope first = at(1);
    var before = views.of(first);
    views.forget();
    assertThat(views.of(first)).isNotSameAs(before);
  }
}
