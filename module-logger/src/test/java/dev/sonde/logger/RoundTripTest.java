package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.sonde.bridge.codec.Codec;
import dev.sonde.bridge.codec.EventTopics;
import dev.sonde.bus.Bytes;
import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.Topic;
import dev.sonde.bus.spi.EventFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written comes back as it was, whatever it is.
class RoundTripTest {

  private static final long SEED = 7_2026_11_23L;
  private static final int RECORDS = 5_000;

  @Topic("test/HOSTILE")
  record Hostile(String text, Bytes bytes) implements Event {}

  @TempDir Path directory;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Codec codec = new Codec(new EventTopics(null));
  private History history;
  private EventLog log;

  @BeforeEach
  void open() {
    LineFormat format = new LineFormat(ZoneOffset.UTC);
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Console console = new Console(() -> out, format, System::nanoTime);
    console.use(TopicRules.parse(List.of("*")));
    LogFile file = new LogFile(directory, "events", new Told(), () -> {});
    history = Samples.history(directory);
    Journal journal = new Journal(directory, new Told(), () -> {});
    log = new EventLog(codec, file, history, journal, console, format, Clock.systemUTC());
    log.keep(TopicRules.parse(List.of("*")), TopicRules.parse(List.of()));
  }

  @Test
  void shouldReadBackAnyRecordFromItsLine() throws Exception {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    List<Anything> written = new ArrayList<>();
    for (int i = 1; i <= RECORDS; i++) {
      Anything anything = Anything.at(random);
      written.add(anything);
      log.hear(Samples.envelope(i, anything));
    }
    log.close();
    history.close();

    List<String> lines = Files.readAllLines(directory.resolve("events.jsonl"));
    assertThat(lines).hasSize(RECORDS);
    for (int i = 0; i < RECORDS; i++) {
      assertThat(read(Anything.class, lines.get(i))).isEqualTo(written.get(i));
    }
    assertThat(rows(Anything.class)).isEqualTo(written);
  }

  @Test
  void shouldNeutraliseOnTheConsoleWhatIsExactInTheFile() throws Exception {
    String text =
        "\u001b]0;title\u0007\u001b[2J\r\n\u009b31m\ud800 \u202eevil\u0000"
            + "x".repeat(10_000_000);
    Hostile hostile = new Hostile(text, Bytes.copyOf(new byte[] {0, 27, '[', 'm', -1}));
    log.hear(Samples.envelope(1, hostile));
    log.close();
    history.close();

    String line = Files.readString(directory.resolve("events.jsonl")).stripTrailing();
    assertThat(line.lines()).hasSize(1);
    assertThat(read(Hostile.class, line)).isEqualTo(hostile);
    assertThat(rows(Hostile.class)).containsExactly(hostile);
    String shown = printed.toString(StandardCharsets.UTF_8);
    assertThat(shown.lines()).hasSize(1);
    assertThat(shown.stripTrailing())
        .hasSizeLessThan(3_000)
        .doesNotContainPattern("[\\p{Cntrl}\u202e\u009b]");
    assertThat(log.tail(heard -> true, 1)).first().asString().hasSizeLessThan(3_000);
  }

  private <R extends Record> R read(Class<R> type, String line) throws Exception {
    return read(codec, type, components(line));
  }

  private <R extends Record> List<R> rows(Class<R> type) throws Exception {
    List<R> found = new ArrayList<>();
    try (HistoryQuery query = HistoryQuery.open(history.file(), ZoneOffset.UTC)) {
      query.ask(
          "true",
          0,
          row -> {
            found.add(read(codec, type, HistoryFormat.text(row, "event")));
            return true;
          });
    }
    return found;
  }

  static <R extends Record> R read(Codec codec, Class<R> type, String json) {
    try {
      PlainEvent plain = (PlainEvent) codec.fromJson("test/UNKNOWN", json);
      return codec.fromComponents(type, plain.properties());
    } catch (EventFormatException wrong) {
      throw new AssertionError(json, wrong);
    }
  }

  /// The object under `event`, found by another reader than the one that wrote the line.
  private static String components(String line) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(line)) {
      while (!"event".equals(json.nextFieldName())) {
        assertThat(json.currentToken()).isNotNull();
      }
      json.nextToken();
      return line.substring(
          (int) json.currentTokenLocation().getCharOffset(), line.lastIndexOf('}'));
    }
  }
}
