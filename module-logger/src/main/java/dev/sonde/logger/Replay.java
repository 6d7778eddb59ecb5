package dev.sonde.logger;

import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.Source;
import dev.sonde.bus.TopicPattern;
import dev.sonde.bus.spi.EventCodec;
import dev.sonde.bus.spi.EventFormatException;
import dev.sonde.event.log.ReplayEnded;
import dev.sonde.event.log.ReplayStarted;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Publishes stored events again, in their order and their pace.
final class Replay implements Source {

  /// What tells of this device's own state. Said again, it would be believed: modules that are long
  /// gone would be shown, and retained events replaced. And commands to send: once is enough.
  private static final List<TopicPattern> OWN =
      List.of(
          TopicPattern.of("sonde/module/*"),
          TopicPattern.of("sonde/deploy/*"),
          TopicPattern.of("sonde/log/*"),
          TopicPattern.of("sonde/alert/log/*"),
          TopicPattern.of("sonde/network/send/*"));

  private static final Duration ROOM = Duration.ofSeconds(10);

  private final ModuleContext context;
  private final EventCodec codec;
  private final HistoryFile file;
  private final String query;
  private final double speed;
  private final CompletableFuture<ReplayEnded> ended = new CompletableFuture<>();
  private long published;
  private long skipped;
  private @Nullable Instant first;
  private long beganNanos;

  /// @param query a condition
  /// @param speed how many times faster than it was; 0 for as fast as can be taken
  Replay(ModuleContext context, EventCodec codec, HistoryFile file, String query, double speed) {
    this.context = context;
    this.codec = codec;
    this.file = file;
    this.query = query;
    this.speed = speed;
  }

  CompletableFuture<ReplayEnded> ended() {
    return ended;
  }

  @Override
  public void run() {
    try (HistoryQuery history = HistoryQuery.open(file, ZoneId.systemDefault())) {
      long mark = context.publish(new ReplayStarted(query));
      try {
        history.all(query, row -> replay(row, mark));
      } finally {
        ReplayEnded end = new ReplayEnded(published, skipped);
        context.publish(end);
        ended.complete(end);
      }
    } catch (SQLException | InterruptedException | RuntimeException problem) {
      ended.completeExceptionally(problem);
    }
  }

  /// The interrupt that follows ends every wait.
  @Override
  public void cancel() {}

  private boolean replay(Map<String, @Nullable Object> row, long mark) throws InterruptedException {
    String topic = HistoryFormat.text(row, "topic");
    if (OWN.stream().anyMatch(pattern -> pattern.matches(topic))) {
      skipped++;
      return true;
    }
    try {
      Event event = codec.fromJson(topic, HistoryFormat.text(row, "event"));
      awaitTurn(HistoryFormat.time(row));
      context.reply(envelope(mark), event);
      published++;
    } catch (EventFormatException fitsNoMore) {
      skipped++;
    }
    return !Thread.currentThread().isInterrupted();
  }

  private Envelope envelope(long mark) {
    return new Envelope(
        mark, 0, "sonde/log/REPLAY_STARTED", context.name(), 0, new ReplayStarted(query));
  }

  private void awaitTurn(Instant time) throws InterruptedException {
    if (first == null) {
      first = time;
      beganNanos = System.nanoTime();
    }
    if (speed > 0) {
      double sinceFirst = Duration.between(first, time).toNanos() / speed;
      long left = (long) sinceFirst - (System.nanoTime() - beganNanos);
      if (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
      }
    }
    context.awaitRoom(ROOM);
  }
}
