package dev.sonde.logger;

import dev.sonde.bridge.codec.Codec;
import dev.sonde.bridge.codec.EventTopics;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;
import java.io.PrintStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

/// A process that logs until it is killed. It says in shared memory, which outlives it, which
/// number it knows to be on the disk.
final class KilledLogger {

  static final int MEMORY_BYTES = Long.BYTES;

  private static final int NUMBERS_BETWEEN_SYNCS = 50;

  /// How many a second, so that a thousand processes do not fill the disk.
  private static final long PAUSE_NANOS = 50_000;

  @Topic("test/KILLED")
  record Killed(long number, String text) implements Event {}

  private KilledLogger() {}

  /// Arguments: the folder of the log, the shared file, the first number.
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    long first = Long.parseLong(arguments[2]);
    MappedByteBuffer memory = memory(Path.of(arguments[1]));
    EventLog log = log(directory, String.valueOf(first));
    for (long number = first; ; number++) {
      Event event = new Killed(number, "x".repeat((int) (number % 300)));
      long sequence = number - first + 1;
      long micros = HistoryQuery.micros(Clock.systemUTC().instant());
      log.hear(new Envelope(sequence, micros, "test/KILLED", "test", Envelope.NO_CAUSE, event));
      if (number % NUMBERS_BETWEEN_SYNCS == 0) {
        log.sync().join();
        memory.putLong(0, number);
      }
      long until = System.nanoTime() + PAUSE_NANOS;
      while (System.nanoTime() - until < 0) {
        Thread.onSpinWait();
      }
    }
  }

  static MappedByteBuffer memory(Path file) throws Exception {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(FileChannel.MapMode.READ_WRITE, 0, MEMORY_BYTES);
    }
  }

  private static EventLog log(Path directory, String run) {
    Told told = new Told();
    Archive archive =
        new Archive(
            List.of(new RotatedFiles(directory, "events"), new RotatedFiles(directory, "journal")),
            told::note);
    LogFile.Limits limits =
        new LogFile.Limits(200_000, Duration.ZERO, Integer.MAX_VALUE, Long.MAX_VALUE);
    LogFile file = new LogFile(directory, "events", told, archive::request);
    file.use(limits);
    Journal journal = new Journal(directory, told, archive::request);
    journal.use(limits);
    archive.request();
    HistoryFile database = new HistoryFile(directory.resolve("history.db"));
    History history = new History(database, run, InstantSource.system(), told);
    LineFormat format = new LineFormat(ZoneOffset.UTC);
    Console console = new Console(() -> new PrintStream(System.out), format, System::nanoTime);
    EventLog log =
        new EventLog(
            new Codec(new EventTopics(null)),
            file,
            history,
            journal,
            console,
            format,
            Clock.systemUTC());
    log.keep(TopicRules.parse(List.of("*")), TopicRules.parse(List.of("*")));
    return log;
  }
}
