package dev.sonde.ui;

import static dev.sonde.ui.Samples.query;
import static dev.sonde.ui.Samples.response;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {

  private final Names names = new Names();

  @Test
  void shouldShowEachNameOnceNewestFirst() {
    names.hear(query("a.example", "A"));
    names.hear(query("b.example", "A"));
    names.hear(query("a.example", "AAAA"));

    assertThat(names.latest())
        .containsExactly(
            new Names.Name("a.example", "AAAA", Names.State.ASKED),
            new Names.Name("b.example", "A", Names.State.ASKED));
    assertThat(names.last()).isEqualTo("a.example");
  }

  @Test
  void shouldSettleAQuestionByItsAnswer() {
    names.hear(query("a.example", "A"));
    names.hear(query("b.example", "A"));
    names.hear(response("a.example", "A", "NOERROR"));
    names.hear(response("b.example", "A", "NXDOMAIN"));

    assertThat(names.latest())
        .containsExactly(
            new Names.Name("b.example", "NXDOMAIN", Names.State.REFUSED),
            new Names.Name("a.example", "A", Names.State.ANSWERED));
  }

  @Test
  void shouldShowAnswersWhoseQuestionWasNotHeard() {
    names.hear(response("a.example", "A", "NOERROR"));

    assertThat(names.last()).isEqualTo("a.example");
  }

  @Test
  void shouldLeaveOutMessagesWithoutAName() {
    names.hear(query("", "NS"));

    assertThat(names.latest()).isEmpty();
    assertThat(names.last()).isEmpty();
  }

  @Test
  void shouldKeepOnlyTheLatest() {
    for (int i = 0; i < 1_000; i++) {
      names.hear(query("n" + i, "A"));
    }
    assertThat(names.latest()).hasSize(Names.MOST);
    assertThat(names.last()).isEqualTo("n999");
  }
}
