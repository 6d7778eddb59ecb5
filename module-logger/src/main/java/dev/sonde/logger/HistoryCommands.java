package dev.sonde.logger;

import dev.sonde.bus.spi.EventCodec;
import dev.sonde.event.log.ReplayEnded;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// What the shell offers of the history.
@Component(
    service = HistoryCommands.class,
    property = {
      "osgi.command.scope=log",
      "osgi.command.function=query",
      "osgi.command.function=topics",
      "osgi.command.function=replay"
    })
public final class HistoryCommands {

  private static final long WRITTEN_SECONDS = 30;

  private static final String TOPICS =
      "select topic, count(*) as events, min(time) as first, max(time) as last"
          + " from events group by topic order by topic";

  private final LoggerModule logger;
  private final EventCodec codec;
  private final ZoneId zone = ZoneId.systemDefault();

  /// Made by the service registry.
  ///
  /// @param logger what the commands ask
  /// @param codec writes JSON
  @Activate
  public HistoryCommands(@Reference LoggerModule logger, @Reference EventCodec codec) {
    this.logger = logger;
    this.codec = codec;
  }

  /// Finds stored events.
  ///
  /// @param session prints them
  /// @param json as JSON
  /// @param csv as CSV
  /// @param count the newest so many
  /// @param query a condition or a whole select
  /// @throws InterruptedException if the shell gave up
  @Descriptor("finds stored events by run, seq, time, topic, module, cause, level, event")
  public void query(
      CommandSession session,
      @Descriptor("one JSON object a line")
          @Parameter(
              names = {"-j", "--json"},
              presentValue = "true",
              absentValue = "false")
          boolean json,
      @Descriptor("comma-separated values, with a line of names")
          @Parameter(
              names = {"-c", "--csv"},
              presentValue = "true",
              absentValue = "false")
          boolean csv,
      @Descriptor("only the newest so many; 0 for all")
          @Parameter(
              names = {"-n", "--count"},
              absentValue = "100")
          int count,
      @Descriptor("\"topic like 'a/%' and time > ago('10m')\", or a whole select from events")
          String query)
      throws InterruptedException {
    HistoryFormat format = HistoryFormat.of(json, csv);
    PrintStream out = session.getConsole();
    boolean whole = HistoryQuery.isWhole(query);
    ask(query, count, format.to(out, codec, zone, whole));
  }

  /// Which topics are stored.
  ///
  /// @param session prints them
  /// @throws InterruptedException if the shell gave up
  @Descriptor("which topics are stored, how many events of each, from when to when")
  public void topics(CommandSession session) throws InterruptedException {
    PrintStream out = session.getConsole();
    DateTimeFormatter clock = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(zone);
    out.printf("%-36s %10s  %-14s  %-14s%n", "topic", "events", "first", "last");
    ask(
        TOPICS,
        0,
        row -> {
          out.printf(
              "%-36s %,10d  %-14s  %-14s%n",
              HistoryFormat.text(row, "topic"),
              (Number) row.get("events"),
              clock.format(HistoryFormat.time(renamed(row, "first"))),
              clock.format(HistoryFormat.time(renamed(row, "last"))));
          return true;
        });
  }

  private static Map<String, @Nullable Object> renamed(
      Map<String, @Nullable Object> row, String column) {
    return Collections.singletonMap("time", row.get(column));
  }

  /// Publishes stored events again, and waits until that is done.
  ///
  /// @param speed how many times faster
  /// @param query a condition
  /// @return how many
  /// @throws InterruptedException if the shell gave up, which ends the replay
  @Descriptor("publishes stored events again, in their order and pace, until Ctrl-C")
  public String replay(
      @Descriptor("how many times faster than it was; 0: as fast as can be")
          @Parameter(
              names = {"-s", "--speed"},
              absentValue = "1")
          double speed,
      @Descriptor("a condition as in log:query") String query)
      throws InterruptedException {
    if (HistoryQuery.isWhole(query) || !(speed >= 0)) {
      throw new IllegalArgumentException(
          "log:replay needs a condition and a speed of 0 or more, such as"
              + " log:replay --speed 10 \"topic like 'sonde/network/%'\"");
    }
    written();
    Replay replay = logger.ask(recording -> recording.replay(query, speed));
    try {
      ReplayEnded end = replay.ended().get();
      return "published %,d events again, skipped %,d".formatted(end.published(), end.skipped());
    } catch (ExecutionException failed) {
      throw problem(failed.getCause());
    } catch (InterruptedException gaveUp) {
      logger.ask(
          recording -> {
            recording.endReplay();
            return true;
          });
      throw gaveUp;
    }
  }

  private void ask(String query, int count, HistoryQuery.Rows rows) throws InterruptedException {
    try (HistoryQuery history = HistoryQuery.open(written(), zone)) {
      history.ask(query, count, rows);
    } catch (SQLException problem) {
      throw problem(problem);
    }
  }

  /// The history, with all in it that was heard before.
  private HistoryFile written() throws InterruptedException {
    return LoggerModule.await(
        logger.ask(Recording::history),
        WRITTEN_SECONDS,
        "The history did not take what waits for it in %d s; see log:stats");
  }

  private static RuntimeException problem(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException own) {
      return own;
    }
    String message = String.valueOf(cause == null ? null : cause.getMessage());
    if (message.contains("SQLITE_INTERRUPT")) {
      return new IllegalStateException(
          "That took longer than "
              + HistoryQuery.DEADLINE.toSeconds()
              + " s and was given up; ask for less, for example: and time > ago('1h')",
          cause);
    }
    return new IllegalArgumentException(
        message.replaceFirst("^\\[SQLITE_ERROR] SQL error or missing database ", "Not understood ")
            + "; columns: run, seq, time, topic, module, cause, level, event",
        cause);
  }
}
