package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
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

  @BeforeEach
  void open() {
    LineFormat format = new LineFormat(ZoneOffset.UTC);
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    Console console = new Console(() -> out, format, System::nanoTime);
    console.use(TopicRules.parse(List.of("*", "sonde/network/dns/*:off")));
    LogFile file = new LogFile(directory, "events", new Told(), () -> {});
    history = Samples.history(directory);
    log =
        new EventLog(
            new LineCodec(),
            file,
            history,
            console,
            format,
            Clock.fixed(Samples.NOON, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    history.close();
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
    assertThat(log.statistics("")).contains("2 events, 0 missed, 3 repeated, 0 replayed");
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
    assertThat(log.statistics("sonde/network/PACKET"))
        .contains("0 events, 312 missed")
        .contains("sonde/network/PACKET");
  }

  @Test
  void shouldFitEightyColumns() {
    log.hear(Samples.envelope(1, Samples.query("example.org")));

    assertThat(log.statistics("sonde/network/PACKET").lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(directory.resolve("events.jsonl"));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
