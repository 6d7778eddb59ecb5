package dev.sonde.bridge.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.bridge.Bus;
import dev.sonde.bridge.codec.Codec;
import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;
import dev.sonde.bus.spi.EventFormatException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `bus:post` says of an event that does not fit: what, where, what was given, what is
/// expected, and what to do.
class BusPostTest {

  private static final String TRAIN = "com/acme/train/LEFT";
  private static final String GOOD =
      "{\"line\": 7, \"colour\": \"RED\", \"late\": false, \"stops\": [{\"name\": \"a\"}]}";

  private final Bus bus = new Bus();
  private final BusCommands commands =
      new BusCommands(
          bus,
          new Codec(
              topic -> topic.equals(TRAIN) ? Optional.of(TrainLeft.class) : Optional.empty(),
              () -> new TreeMap<>(Map.of(TRAIN, TrainLeft.class.getName()))));

  enum Colour {
    RED,
    GREEN,
    BLUE
  }

  record Stop(String name, Optional<Place> place) {}

  record Place(double east, double north) {}

  @Topic(TRAIN)
  record TrainLeft(
      int line, Colour colour, boolean late, List<Stop> stops, Map<String, Place> signals)
      implements Event {
    TrainLeft {
      if (line == 13) {
        throw new IllegalArgumentException("there is no line 13");
      }
    }
  }

  private String post(String topic, String json) throws EventFormatException {
    return commands.post(false, topic, json);
  }

  /// A value in place of one that fits; single quotes stand for double ones.
  private static String with(String name, String value) {
    String fitting =
        switch (name) {
          case "line" -> "'line': 7";
          case "colour" -> "'colour': 'RED'";
          case "late" -> "'late': false";
          case "stops" -> "'stops': []";
          default -> "'signals': {}";
        };
    return "{'line': 7, 'colour': 'RED', 'late': false, 'stops': [], 'signals': {}}"
        .replace(fitting, value.isEmpty() ? "'-': 0" : "'" + name + "': " + value)
        .replace("'-': 0, ", "")
        .replace(", '-': 0", "")
        .replace('\'', '"');
  }

  @Test
  void shouldPublishWhatFits() throws EventFormatException {
    assertThat(post(TRAIN, with("line", "8"))).isEqualTo("published as 1");
    assertThat(bus.sequence()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
"""
line    | 'x'                    | line is 'x'; expected a whole number from -2147483648 to 2147483647
line    | 5000000000             | line is 5000000000; expected a whole number from -2147483648 to 2147483647
line    | 1.5                    | line is 1.5; expected a whole number from -2147483648 to 2147483647
line    | {'a': [1]}             | line is {"a":[1]}; expected a whole number from -2147483648 to 2147483647
line    | null                   | line is missing; expected a whole number from -2147483648 to 2147483647
line    | 13                     | TrainLeft is refused: there is no line 13
colour  | 'green'                | colour is 'green'; expected one of RED, GREEN, BLUE; did you mean GREEN?
colour  | 'PLUE'                 | colour is 'PLUE'; expected one of RED, GREEN, BLUE; did you mean BLUE?
colour  | 'ultramarine'          | colour is 'ultramarine'; expected one of RED, GREEN, BLUE
colour  | 3                      | colour is 3; expected one of RED, GREEN, BLUE
colour  |                        | colour is missing; expected one of RED, GREEN, BLUE
late    | 'no'                   | late is 'no'; expected true or false
stops   | 'a'                    | stops is 'a'; expected a list
stops   | [{'name': 'a'}, {}]    | stops[1].name is missing; expected text
stops   | [{'name': 7}]          | stops[0].name is 7; expected text
stops   | ['a']                  | stops[0] is 'a'; expected an object
stops   | [{'nmae': 'a'}]        | stops[0].nmae is not known here; did you mean name?; there are name, place
stops   | [{'name': 'a', 'place': {'east': 'x', 'north': 1}}] | stops[0].place.east is 'x'; expected a number
stops   | [{'name': 'a', 'place': {'west': 1}}] | stops[0].place.west is not known here; did you mean east?; there are east, north
signals | {'s1': {'east': 1}}    | signals.s1.north is missing; expected a number
signals | {'s1': {'up': 1}}      | signals.s1.up is not known here; there are east, north
""")
  void shouldSayWhatDoesNotFit(String name, String value, String message) {
    assertThatThrownBy(() -> post(TRAIN, with(name, value == null ? "" : value)))
        .isInstanceOf(EventFormatException.class)
        .hasMessage(message);
    assertThat(bus.sequence()).as("nothing is published").isZero();
  }

  @Test
  void shouldSuggestTheNameThatWasMeant() {
    assertThatThrownBy(() -> post(TRAIN, GOOD.replace("colour", "color")))
        .hasMessage(
            "color is not known here; did you mean colour?; there are line, colour, late, stops,"
                + " signals");
    assertThatThrownBy(() -> post(TRAIN, GOOD.replace("late", "Late")))
        .hasMessageStartingWith("Late is not known here; did you mean late?");
    assertThatThrownBy(() -> post(TRAIN, "{\"speed\": 1}"))
        .hasMessageStartingWith("speed is not known here; there are line");
  }

  @Test
  void shouldSayWhereTheJsonIsBroken() {
    String remedy =
        "write names and texts in double quotes, and all of it in single ones: '{\"name\":"
            + " \"text\"}'";
    assertThatThrownBy(() -> post(TRAIN, "{\"line\": }"))
        .hasMessageStartingWith("No JSON at column 10: ")
        .hasMessageEndingWith(remedy);
    assertThatThrownBy(() -> post(TRAIN, "{\"line\": 7, \"line\": 8}"))
        .hasMessageStartingWith("No JSON at column 19: Duplicate field 'line'");
    assertThatThrownBy(() -> post(TRAIN, "[7]")).hasMessage("'[7]' is no JSON object; " + remedy);
    assertThatThrownBy(() -> post(TRAIN, "")).hasMessage("'' is no JSON object; " + remedy);
    assertThatThrownBy(() -> post(TRAIN, "{} x")).hasMessageContaining("column 4");
    assertThatThrownBy(() -> post(TRAIN, "{\"a\": ".repeat(100_000)))
        .isInstanceOf(EventFormatException.class)
        .message()
        .hasSizeLessThan(400);
  }

  @Test
  void shouldSuggestTheTopicThatWasMeant() throws EventFormatException {
    assertThatThrownBy(() -> post("com/acme/train/LEFFT", "{}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no record is known for topic com/acme/train/LEFFT; did you mean com/acme/train/LEFT?"
                + " bus:topics lists them, --plain publishes it all the same");
    assertThat(bus.sequence()).isZero();
    assertThat(commands.post(true, "com/acme/train/LEFFT", "{}"))
        .isEqualTo("published as 1, untyped: no record is known for com/acme/train/LEFFT");
    assertThat(post("com/acme/DOOR", "{\"open\": true}"))
        .isEqualTo("published as 2, untyped: no record is known for com/acme/DOOR");
    assertThatThrownBy(() -> post("com//acme", "{}"))
        .isInstanceOf(EventFormatException.class)
        .hasMessageContaining("com//acme");
  }
}
