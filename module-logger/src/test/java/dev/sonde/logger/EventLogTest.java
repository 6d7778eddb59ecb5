package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;
import dev.sonde.event.log.ReplayStarted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {

  @Topic("com/acme/BROKEN")
  record Broken(String part) implements Event {
    @Override
    public String part() {
      throw new UnsupportedOperationException("no part");
    }

    @Override
    public String toString() {
      throw new UnsupportedOperationException("no text either");
    }
  }

  @TempDir Path directory;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private EventLog log;
  private History history;
  private Journal journal;

  @BeforeEach
  void open() {
    LineFormat format = new LineFormat(ZoneOffset.UTC);
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Console console = new Console(() -> out, format, System::nanoTime);
    console.use(TopicRules.parse(List.of("*", "sonde/network/dns/*:off")));
    LogFile file = new LogFile(directory, "events", new Told(), () -> {});
    history = Samples.history(directory);
    journal = new Journal(directory, new Told(), () -> {});
    log =
        new EventLog(
            new LineCodec(),
            file,
            history,
            journal,
            console,
            format,
            Clock.fixed(Samples.NOON, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    history.close();
    journal.close();
  }

  @Test
  void shouldWriteWhatTheConsoleHides() throws IOException {
    log.hear(Samples.envelope(1, Samples.query("example.org")));
    log.flush();

    assertThat(lines()).containsExactly("1 sonde/network/dns/QUERY,\"event\":example.org}");
    assertThat(printed.size()).isZero();
    assertThat(log.tail(heard -> true, 9)).singleElement().asString().contains("name=example.org");
  }

  @Test
  void shouldSyncWhatTheJournalWants() throws Exception {
    log.keep(TopicRules.parse(List.of()), TopicRules.parse(List.of("sonde/network/*")));
    log.hear(Samples.envelope(1, Samples.query("one")));
    log.hear(Samples.envelope(2, "com/acme/OTHER", Samples.query("two")));
    log.sync().get(20, TimeUnit.SECONDS);

    assertThat(Files.readAllLines(directory.resolve("journal.jsonl")))
        .singleElement()
        .asString()
        .startsWith("1 ");
    assertThat(lines()).hasSize(2);
  }

  @Test
  void shouldNotStoreAgainWhatIsReplayed() throws Exception {
    log.keep(TopicRules.parse(List.of("*")), TopicRules.parse(List.of("*")));
    long mark = 7;
    log.hear(at(mark, "logger", 0, new ReplayStarted("true")));
    log.hear(at(8, "logger", mark, Samples.query("replayed")));
    log.hear(at(9, "resolver", 8, Samples.query("caused_by_it")));
    log.hear(at(10, "logger", 0, Samples.query("own")));
    log.flush();

    assertThat(lines()).extracting(line -> line.split(" ")[0]).containsExactly("7", "9", "10");
    assertThat(log.statistics("0 lines taken", "")).contains("4 events").contains("1 replayed");
    assertThat(log.tail(heard -> true, 9)).hasSize(4);
  }

  private static Envelope at(long sequence, String module, long cause, Event event) {
    Topic topic = event.getClass().getAnnotation(Topic.class);
    return new Envelope(sequence, 0, topic.value(), module, cause, event);
  }

  @Test
  void shouldWriteEachEventOnce() throws IOException {
    log.startAfter(4);
    for (long sequence : new long[] {3, 4, 5, 5, 6}) {
      log.hear(Samples.envelope(sequence, Samples.query("n" + sequence)));
    }
    log.flush();

    assertThat(lines())
        .extracting(line -> line.substring(0, 1) + line.substring(line.length() - 3))
        .containsExactly("5n5}", "6n6}");
    assertThat(log.lastSequence()).isEqualTo(6);
    assertThat(log.statistics("0 lines taken", ""))
        .contains("2 events, 0 missed, 3 repeated, 0 replayed");
  }

  @Test
  void shouldKeepThePlaceOfAnEventThatCanNotBeRead() throws IOException {
    log.hear(Samples.envelope(1, new Broken("x")));
    log.hear(Samples.envelope(2, Samples.query("after")));
    log.flush();

    assertThat(lines().getFirst()).startsWith("1 com/acme/BROKEN,").contains("unreadable");
    assertThat(lines().getLast()).endsWith("after}");
    assertThat(printed()).contains("com/acme/BROKEN").contains("unreadable=");
  }

  @Test
  void shouldShowAndCountWhatWasMissed() {
    log.missed(312);
    log.flush();

    assertThat(printed()).contains("312 events missed");
    assertThat(log.statistics("0 lines taken", "sonde/network/PACKET"))
        .contains("0 events, 312 missed")
        .contains("sonde/network/PACKET");
  }

  @Test
  void shouldFitEightyColumns() {
    log.hear(Samples.envelope(1, Samples.query("example.org")));

    assertThat(log.statistics("0 lines taken", "sonde/network/PACKET").lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(directory.resolve("events.jsonl"));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
