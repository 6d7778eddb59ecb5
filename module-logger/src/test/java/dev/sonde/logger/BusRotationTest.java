package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.bridge.Bus;
import dev.sonde.bridge.Listening;
import dev.sonde.bridge.codec.Codec;
import dev.sonde.bridge.codec.EventTopics;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files are rotated and compressed while the bus gives as many events as the logger takes; what is
/// in the files is read by another reader.
class BusRotationTest {

  private static final int EVENTS = 300_000;
  private static final int WINDOW = 8_192;
  private static final long FILE_BYTES = 500_000;

  @Topic("test/COUNTED")
  record Counted(int number, String text) implements Event {}

  @TempDir Path directory;
  private final Told told = new Told();
  private final AtomicLong heard = new AtomicLong();

  @Test
  void shouldLoseNoLineOfAFloodThroughTheBus() throws Exception {
    Archive archive = new Archive(List.of(new RotatedFiles(directory, "events")), told::note);
    LogFile file = new LogFile(directory, "events", told, archive::request);
    file.use(new LogFile.Limits(FILE_BYTES, Duration.ZERO, Integer.MAX_VALUE, Long.MAX_VALUE));
    EventLog log = log(file);
    Bus bus = new Bus();
    Subscription<Event> all = Subscription.of("log").topics("*").capacity(2 * WINDOW);
    long begun = System.nanoTime();
    Listening listening =
        Listening.open(
            bus,
            "logger",
            all,
            (event, at) -> {
              log.hear(at);
              heard.set(at.sequence());
            });
    for (int number = 1; number <= EVENTS; number++) {
      bus.publish("test", new Counted(number, "some text"), Envelope.NO_CAUSE);
      if (number % 1_024 == 0) {
        awaitHeard(number - WINDOW);
      }
    }
    awaitHeard(EVENTS);
    listening.close();
    log.close();
    double seconds = (System.nanoTime() - begun) / 1e9;
    archive.close();
    archive(file); // What the archive gave up when it was closed.

    assertThat(told.sentences).isEmpty();
    assertThat(read()).isEqualTo(EVENTS);
    System.out.printf(
        "%,d events through %d files at %,.0f a second%n",
        EVENTS, files().size(), EVENTS / seconds);
  }

  private void awaitHeard(long sequence) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (heard.get() < sequence) {
      assertThat(System.nanoTime()).isLessThan(end);
      LockSupport.parkNanos(20_000);
    }
  }

  private EventLog log(LogFile file) {
    LineFormat format = new LineFormat(ZoneOffset.UTC);
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    return new EventLog(
        new Codec(new EventTopics(null)),
        file,
        Samples.history(directory),
        new Journal(directory, told, () -> {}),
        new Console(() -> nowhere, format, System::nanoTime),
        format,
        Clock.systemUTC());
  }

  private static void archive(LogFile file) throws Exception {
    file.rotated().compress(() -> false);
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(each -> each.getFileName().toString().matches("events-\\d+\\.jsonl\\.gz"))
          .sorted()
          .toList();
    }
  }

  /// The last number, after all before it in order.
  private int read() throws Exception {
    int number = 0;
    for (Path file : files()) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          assertThat(line).endsWith(event(++number));
        }
      }
    }
    for (String line : Files.readAllLines(directory.resolve("events.jsonl"))) {
      assertThat(line).endsWith(event(++number));
    }
    return number;
  }

  private static String event(int number) {
    return "\"event\":{\"number\":" + number + ",\"text\":\"some text\"}}";
  }
}
