package dev.sonde.logger;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.spi.EventCodec;
import dev.sonde.event.log.ReplayStarted;
import dev.sonde.log.LogSink;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Everything that was heard, on its ways: into the file, the journal and the history, to the
/// console, into memory for `log:tail`. Whatever an event is made of, nothing of it throws here.
final class EventLog {

  private static final String OWN_NAME = "logger";
  private static final int TAIL_EVENTS = 1_000;

  /// What is longer is kept as it is shown.
  private static final int MAX_TAIL_CHARS = 16 * 1024;

  private final EventCodec codec;
  private final LogFile file;
  private final History history;
  private final Journal journal;
  private final Console console;
  private final Clock clock;
  private final LineFormat format;
  private final Tail tail = new Tail(TAIL_EVENTS);
  private long lastSequence;
  private long heard;
  private long repeated;
  private long missed;
  private long replayed;
  private long replay;
  private Sinks sinks = new Sinks();
  private TopicRules historyRules = TopicRules.parse(List.of());
  private TopicRules journalRules = TopicRules.parse(List.of());

  EventLog(
      EventCodec codec,
      LogFile file,
      History history,
      Journal journal,
      Console console,
      LineFormat format,
      Clock clock) {
    this.codec = codec;
    this.file = file;
    this.history = history;
    this.journal = journal;
    this.console = console;
    this.clock = clock;
    this.format = format;
  }

  /// Begins behind an event that an earlier version wrote already.
  void startAfter(long sequence) {
    lastSequence = sequence;
  }

  /// Writes an event down, once: an event that comes again, as a retained one or through a second
  /// subscription, is only counted.
  void hear(Envelope at) {
    if (at.sequence() <= lastSequence) {
      repeated++;
      return;
    }
    lastSequence = at.sequence();
    heard++;
    Heard complete = Heard.of(at, codec);
    String json = json(at);
    if (isReplayed(at)) {
      replayed++;
    } else {
      write(at, complete.level(), json);
    }
    Heard event = json.length() > MAX_TAIL_CHARS ? complete.shortened() : complete;
    tail.add(event);
    console.event(event);
  }

  /// What is published again is in the file already.
  private boolean isReplayed(Envelope at) {
    if (at.event() instanceof ReplayStarted) {
      replay = at.sequence();
    }
    return at.causedBy() == replay && replay != 0 && at.module().equals(OWN_NAME);
  }

  private void write(Envelope at, Level level, String json) {
    file.append(json);
    if (journalRules.want(at.topic(), level)) {
      journal.add(json);
    }
    sinks.write(
        at.topic(),
        level,
        severity ->
            new LogSink.Entry(
                at.sequence(), at.epochMicros(), at.topic(), at.module(), severity, json));
    if (historyRules.want(at.topic(), level)) {
      history.add(
          new Row(
              at.sequence(),
              at.epochMicros(),
              at.topic(),
              at.module(),
              at.causedBy(),
              level,
              Row.eventOf(json)));
    }
  }

  /// Which events the history keeps, and which the journal.
  void keep(TopicRules forHistory, TopicRules forJournal) {
    historyRules = forHistory;
    journalRules = forJournal;
  }

  /// Who else gets them.
  void handTo(Sinks others) {
    sinks = others;
  }

  /// The events that are caused by this one are a replay.
  void goOnReplaying(long sequence) {
    replay = sequence;
  }

  long replay() {
    return replay;
  }

  /// Shows that events were lost before they came here.
  void missed(long count) {
    missed += count;
    notice(count + " events missed: the logger could not keep up");
  }

  /// Shows a sentence of the logger's own; it goes to the console and not into the file.
  void notice(String sentence) {
    Instant now = clock.instant();
    console.notice(format.notice(now, sentence));
    tail.add(Heard.notice(now, sentence));
  }

  void flush() {
    file.flush();
    console.flush();
  }

  /// Completes once all that was heard is on the disk.
  CompletableFuture<@Nullable Void> sync() {
    file.flush();
    file.sync();
    return CompletableFuture.allOf(journal.barrier(), history.barrier());
  }

  void close() {
    file.close();
    console.close();
  }

  /// An event whose own code breaks keeps its place in the file, with what it broke with.
  private String json(Envelope at) {
    try {
      return codec.toJson(at);
    } catch (RuntimeException | StackOverflowError broken) {
      PlainEvent instead = new PlainEvent(at.topic(), Map.of("unreadable", broken.toString()));
      return codec.toJson(
          new Envelope(
              at.sequence(), at.epochMicros(), at.topic(), at.module(), at.causedBy(), instead));
    }
  }

  /// The last lines of what somebody wants, oldest first.
  List<String> tail(Predicate<Heard> wanted, int count) {
    return tail.last(wanted, count).stream().map(heard -> format.event(heard).plain()).toList();
  }

  long lastSequence() {
    return lastSequence;
  }

  /// The account, as `log:stats` shows it.
  String statistics(String bundleLines, String exceptions) {
    List<String> rows = new ArrayList<>();
    rows.add(row("heard", heardAccount()));
    rows.add(row("file", fileAccount()));
    rows.add(row("", "%,d bytes in %s".formatted(file.sizeBytes(), file.path().getFileName())));
    rows.add(row("journal", journalAccount()));
    rows.add(row("history", historyAccount()));
    sinks.accounts().forEach((name, account) -> rows.add(row("sink", name + ": " + account)));
    rows.add(row("system log", bundleLines));
    rows.add(row("console", consoleAccount()));
    rows.add(row("not heard", exceptions.isEmpty() ? "nothing" : exceptions));
    return String.join("\n", rows);
  }

  private String heardAccount() {
    return "%,d events, %,d missed, %,d repeated, %,d replayed"
        .formatted(heard, missed, repeated, replayed);
  }

  private String fileAccount() {
    return "%,d lines written, %,d lost, %,d waiting%s"
        .formatted(
            file.written(),
            file.lost(),
            file.waiting(),
            file.isRefused() ? "; the disk refuses" : "");
  }

  private String journalAccount() {
    return "%,d lines on the disk, %,d lost, %,d waiting; %,d came later than %d ms"
        .formatted(
            journal.written(),
            journal.lost(),
            journal.waiting(),
            journal.late(),
            Lateness.BOUND.toMillis());
  }

  private String historyAccount() {
    return "%,d events written, %,d lost, %,d waiting"
        .formatted(history.written(), history.lost(), history.waiting());
  }

  private String consoleAccount() {
    Terminal terminal = console.terminal();
    return "%,d lines shown, %s, %s"
        .formatted(
            console.shown(),
            terminal.color() ? "coloured" : "no colour",
            terminal.columns() == Terminal.UNLIMITED ? "uncut" : terminal.columns() + " columns");
  }

  private static String row(String name, String value) {
    return "%-10s %s".formatted(name, value);
  }
}
