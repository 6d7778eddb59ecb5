package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.Topic;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LineFormatTest {

  @Topic("com/acme/BROKEN")
  record Broken(String part) implements Event {
    @Override
    public String part() {
      throw new UnsupportedOperationException("no part");
    }
  }

  private final LineFormat format = new LineFormat(ZoneId.of("Europe/Zurich"));

  @Test
  void shouldWriteLocalTimeModuleTopicAndComponents() {
    assertThat(line(Samples.query("example.org")))
        .startsWith(
            "13:00:00.250 network  sonde/network/dns/QUERY name=example.org type=A client=");
  }

  @Test
  void shouldKeepColumnsInLineOnceTheyHaveWidened() {
    String longTopic = "com/acme/greenhouse/valve/OPENED";
    Event event = new PlainEvent(longTopic, Map.of("valve", 1));
    StyledLine wide = format.event(Samples.heard(Samples.envelope(1, longTopic, event)));

    assertThat(line(Samples.query("example.org")).indexOf("name="))
        .isEqualTo(wide.plain().indexOf("valve=1"));
  }

  @Test
  void shouldStayOnOneLineWhateverComes() {
    Event hostile = new PlainEvent("a/B", Map.of("k\n\u001b[31m", "v\r\n\u001b[0m"));

    assertThat(format.event(Samples.heard(Samples.envelope(1, "a/B", hostile))).plain())
        .doesNotContainPattern("\\p{Cntrl}");
  }

  @Test
  void shouldShowThatAnEventCanNotBeRead() {
    assertThat(line(new Broken("x"))).contains("unreadable=").contains("no part");
  }

  @Test
  void shouldSayHowManyALineStandsFor() {
    Heard last = Samples.heard(Samples.envelope(1, Samples.query("example.org")));

    assertThat(format.burst(last, 1_312).plain())
        .contains("sonde/network/dns/QUERY × 1,312 in 1 s, the last: name=example.org");
  }

  @Test
  void shouldNeutraliseNotices() {
    assertThat(format.notice(Samples.NOON, "disk full\u001b").plain())
        .isEqualTo("13:00:00.250 logger   (notice)                disk full\\x{1b}");
  }

  private String line(Event event) {
    return format.event(Samples.heard(Samples.envelope(1, event))).plain();
  }
}
