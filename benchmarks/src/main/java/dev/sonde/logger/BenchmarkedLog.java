package dev.sonde.logger;

import dev.sonde.bridge.BenchmarkedModule;
import dev.sonde.bridge.Bus;
import dev.sonde.bridge.codec.Codec;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.Subscription;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;

/// The logger as the device has it, on a bus without a framework. It lies in the logger's package
/// because a bundle's parts are its own affair, and these are measured one by one.
public final class BenchmarkedLog implements AutoCloseable {

  private static final int CAPACITY = 16_384;
  private static final long FLUSH_NANOS = Duration.ofMillis(20).toNanos();

  private final LogFile file;
  private final History history;
  private final Journal journal;
  private final Archive archive;
  private final EventLog log;
  private final BenchmarkedModule module;
  private volatile long heard;
  private long flushed = System.nanoTime();

  /// What else keeps each event.
  public enum Keeping {
    /// Nothing but `events.jsonl`.
    LINES,
    /// The history.
    HISTORY,
    /// The journal.
    JOURNAL
  }

  /// Begins to listen.
  ///
  /// @param bus to everything on it
  /// @param directory where files go
  /// @param keeping what else keeps all
  public BenchmarkedLog(Bus bus, Codec codec, Path directory, Keeping keeping) {
    DiskListener listener = new Failing();
    archive = new Archive(List.of(new RotatedFiles(directory, "events")), listener::note);
    file = new LogFile(directory, "events", listener, archive::request);
    file.use(new LogFile.Limits(16L << 20, Duration.ofDays(1), 50, 128L << 20));
    HistoryFile database = new HistoryFile(directory.resolve("history.db"));
    history = new History(database, "run", InstantSource.system(), listener);
    journal = new Journal(directory, listener, archive::request);
    LineFormat format = new LineFormat(ZoneOffset.UTC);
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    Console console = new Console(() -> nowhere, format, System::nanoTime);
    console.use(TopicRules.parse(List.of("*:warning")));
    log = new EventLog(codec, file, history, journal, console, format, Clock.systemUTC());
    log.keep(all(keeping == Keeping.HISTORY), all(keeping == Keeping.JOURNAL));
    Subscription<Event> all = Subscription.of("log").topics("*").capacity(CAPACITY).relaxed();
    module = new BenchmarkedModule(bus, "logger", all, (event, at) -> hear(at));
  }

  private static TopicRules all(boolean kept) {
    return TopicRules.parse(List.of(kept ? "*" : "*:off"));
  }

  private void hear(Envelope at) {
    log.hear(at);
    long now = System.nanoTime();
    if (now - flushed > FLUSH_NANOS) {
      flushed = now;
      log.flush();
    }
    heard = at.sequence();
  }

  /// The last event that was heard.
  public long heard() {
    return heard;
  }

  /// Waits until an event is on the disk, in the journal.
  public void awaitSynced(long sequence) {
    while (heard < sequence) {
      Thread.onSpinWait();
    }
    journal.barrier().join();
  }

  /// Ends when all is written.
  ///
  /// @throws IllegalStateException if anything was lost
  @Override
  public void close() {
    InboxCounts counts = module.counts();
    module.close();
    log.close();
    journal.close();
    history.close();
    archive.close();
    if (counts.missed() + file.lost() + history.lost() > 0) {
      throw new IllegalStateException("Events were lost; the run is void");
    }
  }

  private static final class Failing implements DiskListener {

    @Override
    public void refused(Path path, String reason) {
      throw new IllegalStateException(path + ": " + reason);
    }

    @Override
    public void resumed(Path path, long missing) {
      throw new IllegalStateException(path + " resumed");
    }

    /// The run finds that out by itself.
    @Override
    public void late(Path path, Duration longest, long count) {}

    @Override
    public void note(String sentence) {
      throw new IllegalStateException(sentence);
    }
  }
}
