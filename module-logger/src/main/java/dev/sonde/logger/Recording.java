package dev.sonde.logger;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Fork;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.RevokedException;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Task;
import dev.sonde.bus.TopicPattern;
import dev.sonde.bus.spi.EventCodec;
import dev.sonde.event.log.LogLate;
import dev.sonde.event.log.LogRefused;
import dev.sonde.event.log.LogResumed;
import dev.sonde.event.module.ConfigurationRejected;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One run of the logger, from start to stop: ties an [EventLog] to the bus and to the
/// configuration. Lives on the module's thread.
final class Recording implements DiskListener {

  /// What the next version needs to go on with the same inbox and to write nothing twice.
  ///
  /// @param lastSequence the last event that was written
  /// @param generation how often the subscription was replaced, from 1
  /// @param replay the replay that the last events may belong to, or 0
  record Progress(long lastSequence, int generation, long replay) {}

  private record Sync(Inbox inbox, long matched, CompletableFuture<@Nullable Void> done) {

    boolean isHeard() {
      InboxCounts counts = inbox.counts();
      return inbox.isClosed() || counts.delivered() + counts.missed() >= matched;
    }
  }

  private static final Duration FLUSH_DELAY = Duration.ofMillis(20);
  private static final int CAPACITY = 16_384;
  private static final long CAPACITY_BYTES = 16L << 20;

  private final ModuleContext context;
  private final EventCodec codec;
  private final LogLines lines;
  private final boolean interactive;
  private final Console console;
  private final Archive archive;
  private final LogFile file;
  private final History history;
  private final Journal journal;
  private final EventLog log;
  private final Syslog syslog;
  private TopicRules rules = TopicRules.parse(List.of(LoggerConfig.CONSOLE.split(",")));
  private TopicRules historyRules = TopicRules.parse(List.of(LoggerConfig.HISTORY.split(",")));
  private List<String> exceptions = List.of(LoggerConfig.EXCEPT.split(", "));
  private TopicRules journalRules = TopicRules.parse(List.of(LoggerConfig.JOURNAL.split(",")));
  private TopicRules syslogRules = TopicRules.parse(List.of(LoggerConfig.HISTORY.split(",")));
  private Optional<SyslogTarget> syslogTarget = Optional.empty();
  private final List<Sync> syncs = new ArrayList<>();
  private @Nullable Inbox inbox;
  private int generation = 1;
  private @Nullable Replay replay;
  private @Nullable Fork replayFork;
  private int replays;
  private final WindowSize window = new WindowSize();
  private boolean followsWindow;
  private boolean flushDue;
  private boolean foldDue;

  /// @param sinks outlive this run
  /// @param lines what bundles log
  /// @param run what tells this start of the device from others
  Recording(
      ModuleContext context,
      EventCodec codec,
      Path logDirectory,
      Sinks sinks,
      LogLines lines,
      String run,
      boolean interactive) {
    this.context = context;
    this.codec = codec;
    this.lines = lines;
    this.interactive = interactive;
    LineFormat format = new LineFormat(ZoneId.systemDefault());
    this.console = new Console(() -> System.out, format, System::nanoTime);
    this.archive =
        new Archive(
            List.of(
                new RotatedFiles(logDirectory, "events"),
                new RotatedFiles(logDirectory, "journal")),
            this::noteLater);
    this.journal = new Journal(logDirectory, elsewhere(), archive::request);
    this.file = new LogFile(logDirectory, "events", this, archive::request);
    HistoryFile database = new HistoryFile(logDirectory.resolve("history.db"));
    this.history = new History(database, run, InstantSource.system(), elsewhere());
    this.log = new EventLog(codec, file, history, journal, console, format, Clock.systemUTC());
    this.syslog = new Syslog(sinks, elsewhere());
    log.handTo(sinks);
    sinks.tell(this::noteLater);
  }

  void begin() {
    context.restoredState(Progress.class).ifPresent(this::goOn);
    LoggerConfig config = context.config(LoggerConfig.class, this::changed);
    apply(config);
    file.open();
    archive.request();
    exceptions = wanted(config);
    inbox = listen();
  }

  private void goOn(Progress before) {
    log.startAfter(before.lastSequence);
    log.goOnReplaying(before.replay);
    generation = before.generation;
  }

  void end() {
    context.saveState(new Progress(log.lastSequence(), generation, log.replay()));
    log.close();
    journal.close();
    history.close();
    archive.close();
    syslog.close();
  }

  /// Relaxed, since what is written within 20 ms may wait for one of them: a publisher would pay
  /// for waking this module at each event.
  private Inbox listen() {
    Subscription<Event> everything =
        Subscription.of(generation == 1 ? "everything" : "everything-" + generation)
            .topics("*")
            .except(exceptions.toArray(String[]::new))
            .capacity(CAPACITY)
            .capacityBytes(CAPACITY_BYTES)
            .pacing()
            .relaxed()
            .withLast()
            .onLagged(log::missed);
    return context.on(everything, (event, at) -> hear(at));
  }

  private void hear(Envelope at) {
    log.hear(at);
    flushSoon();
  }

  /// One timer for many events, and none while nothing happens.
  private void flushSoon() {
    if (!flushDue) {
      flushDue = true;
      context.after(FLUSH_DELAY, this::flush);
    }
  }

  private void flush() {
    flushDue = false;
    log.flush();
    resize();
    foldSoon();
    syncIfHeard();
  }

  /// For what is shown next: what is shown now was cut already.
  private void resize() {
    if (followsWindow) {
      console.resize(window.columns());
    }
  }

  private void foldSoon() {
    if (!foldDue && console.isFolding()) {
      foldDue = true;
      context.after(Bursts.WINDOW, this::fold);
    }
  }

  private void fold() {
    foldDue = false;
    console.foldDue();
    console.flush();
    foldSoon();
  }

  @Override
  public void note(String sentence) {
    log.notice(sentence);
    flushSoon();
  }

  /// The same, from any thread.
  void noteLater(String sentence) {
    soon(() -> note(sentence));
  }

  @Override
  public void refused(Path path, String reason) {
    note(
        path
            + " can not be written ("
            + reason
            + "); events are counted, and writing resumes when it can");
    publishSoon(new LogRefused(path.toString(), reason));
  }

  @Override
  public void resumed(Path path, long missing) {
    note(path + " is written again; " + missing + " events are missing from it");
    publishSoon(new LogResumed(path.toString(), missing));
  }

  @Override
  public void late(Path path, Duration longest, long count) {
    note(
        "%s: %,d events were on the disk later than %d ms after they were heard, at worst %,d ms"
            .formatted(path, count, Lateness.BOUND.toMillis(), longest.toMillis()));
    publishSoon(new LogLate(path.toString(), Lateness.BOUND, longest, count));
  }

  /// The same for what other threads write.
  private DiskListener elsewhere() {
    return new DiskListener() {
      @Override
      public void refused(Path path, String reason) {
        soon(() -> Recording.this.refused(path, reason));
      }

      @Override
      public void resumed(Path path, long missing) {
        soon(() -> Recording.this.resumed(path, missing));
      }

      @Override
      public void late(Path path, Duration longest, long count) {
        soon(() -> Recording.this.late(path, longest, count));
      }

      @Override
      public void note(String sentence) {
        noteLater(sentence);
      }
    };
  }

  /// What is published while the module starts, it would not hear itself.
  private void publishSoon(Event event) {
    soon(() -> context.publish(event));
  }

  /// A module that stops takes no tasks any more.
  private void soon(Task task) {
    try {
      context.execute(task);
    } catch (RejectedExecutionException | RevokedException stopping) {
      // The disk is tried again, and what it does is told again, after the next start.
    }
  }

  private void changed(LoggerConfig config) {
    apply(config);
    List<String> wanted = wanted(config);
    if (!wanted.equals(exceptions)) {
      exceptions = wanted;
      listenAnew();
    }
  }

  /// Opens the new inbox before the old one closes, so that no event is lost between; what both
  /// receive is written once.
  private void listenAnew() {
    Inbox old = inbox;
    generation++;
    inbox = listen();
    if (old != null) {
      old.close();
    }
  }

  private void apply(LoggerConfig config) {
    rules = checked("console", config.console(), TopicRules::parse, rules);
    console.use(rules);
    console.foldAfter(config.burst());
    console.use(Terminal.of(System.getenv(), interactive, config.color(), config.width()));
    followsWindow = interactive && config.width() == 0;
    resize();
    file.use(config.limits());
    historyRules = checked("history", config.history(), TopicRules::parse, historyRules);
    journalRules = checked("journal", config.journal(), TopicRules::parse, journalRules);
    log.keep(historyRules, journalRules);
    journal.use(config.limits());
    useSyslog(config);
    lines.use(config.systemLog());
    history.use(config.historyLimits());
  }

  private void useSyslog(LoggerConfig config) {
    syslogRules = checked("syslogEvents", config.syslogEvents(), TopicRules::parse, syslogRules);
    syslogTarget =
        checked("syslog", List.of(config.syslog().strip()), Syslog::target, syslogTarget);
    syslog.use(syslogTarget, syslogRules);
  }

  private List<String> wanted(LoggerConfig config) {
    return checked("except", config.except(), Recording::patterns, exceptions);
  }

  private static List<String> patterns(List<String> texts) {
    return texts.stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> TopicPattern.of(text).toString())
        .sorted()
        .distinct()
        .toList();
  }

  /// What a key says, or the last good value if it makes no sense. That is told once the module
  /// listens, so that it hears it too.
  private <T> T checked(
      String key, List<String> texts, Function<List<String>, T> parse, T lastGood) {
    try {
      return parse.apply(texts);
    } catch (IllegalArgumentException problem) {
      String why = String.valueOf(problem.getMessage());
      publishSoon(new ConfigurationRejected(context.name(), "conf/logger.cfg", 0, key, why));
      return lastGood;
    }
  }

  List<String> tail(Predicate<Heard> wanted, int count) {
    return log.tail(wanted, count);
  }

  /// Completes once all that was published before is on the disk.
  CompletableFuture<@Nullable Void> sync() {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    Inbox open = inbox;
    if (open != null) {
      syncs.add(new Sync(open, open.counts().matched(), done));
    }
    syncIfHeard();
    return done;
  }

  /// What waits is heard before the next flush, or makes one due.
  private void syncIfHeard() {
    List<Sync> ready = syncs.stream().filter(Sync::isHeard).toList();
    if (!ready.isEmpty()) {
      syncs.removeAll(ready);
      var _ = log.sync().thenRun(() -> ready.forEach(sync -> sync.done.complete(null)));
    }
  }

  /// Where the history is, once all that was heard before is in it.
  CompletableFuture<HistoryFile> history() {
    return history.barrier().thenApply(done -> history.file());
  }

  /// Publishes stored events again.
  ///
  /// @throws IllegalStateException if a replay is running
  Replay replay(String query, double speed) {
    Replay next = new Replay(context, codec, history.file(), query, speed);
    Replay last = replay;
    if (last != null && !last.ended().isDone()) {
      throw new IllegalStateException("A replay is running; end it with Ctrl-C where it was begun");
    }
    replays++;
    replayFork = context.fork("replay-" + replays, next);
    replay = next;
    return next;
  }

  /// Ends the replay that is running, if one is.
  void endReplay() {
    Fork running = replayFork;
    if (running != null) {
      running.cancel();
    }
  }

  String statistics() {
    return log.statistics(lines.account(), String.join(", ", exceptions));
  }
}
