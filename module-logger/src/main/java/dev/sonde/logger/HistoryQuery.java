package dev.sonde.logger;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;
import org.sqlite.ProgressHandler;

/// A question to the history: a condition on the columns of `events`, or a whole `select`. It can
/// not change anything: the file is opened for reading. Beside SQLite's functions there are
/// `ago('10m')` and `at('2026-11-23 12:00')`, which give a time as the column `time` has it.
final class HistoryQuery implements AutoCloseable {

  /// What a question may take.
  static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final int INSTRUCTIONS_BETWEEN_LOOKS = 100_000;
  private static final Pattern SPAN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private final Connection connection;

  /// Receives rows, one after the other.
  @FunctionalInterface
  interface Rows {
    /// @param values by column, in the order that was asked for; the same names each time
    /// @return whether to go on
    boolean row(Map<String, @Nullable Object> values) throws InterruptedException;
  }

  private HistoryQuery(Connection connection) {
    this.connection = connection;
  }

  /// Opens the history for questions.
  ///
  /// @throws IllegalStateException if there is none yet
  static HistoryQuery open(HistoryFile file, ZoneId zone) throws SQLException {
    if (Files.notExists(file.path())) {
      throw new IllegalStateException(
          "There is no history yet; 'history' in conf/logger.cfg says what is kept in it");
    }
    HistoryQuery query = new HistoryQuery(file.read());
    try {
      Function.create(query.connection, "ago", new TimeFunction(HistoryQuery::ago));
      Function.create(query.connection, "at", new TimeFunction(text -> at(text, zone)));
      return query;
    } catch (SQLException problem) {
      query.close();
      throw problem;
    }
  }

  /// Asks, and hands over row by row.
  ///
  /// @param text a condition, or a `select`
  /// @param limit of what a condition finds only the newest so many; 0 for all
  /// @throws SQLException if the question can not be understood or answered
  void ask(String text, int limit, Rows rows) throws SQLException, InterruptedException {
    long end = System.nanoTime() + DEADLINE.toNanos();
    ProgressHandler.setHandler(
        connection,
        INSTRUCTIONS_BETWEEN_LOOKS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return System.nanoTime() - end < 0 ? 0 : 1;
          }
        });
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(isWhole(text) ? text : select(text, limit))) {
      hand(found, rows);
    }
  }

  /// Asks without a deadline, oldest first: somebody waits between the rows.
  void all(String condition, Rows rows) throws SQLException, InterruptedException {
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(select(condition, 0))) {
      hand(found, rows);
    }
  }

  private static void hand(ResultSet found, Rows rows) throws SQLException, InterruptedException {
    List<String> columns = columns(found.getMetaData());
    boolean wanted = true;
    while (wanted && found.next()) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        values.put(columns.get(i), found.getObject(i + 1));
      }
      wanted = rows.row(values);
    }
  }

  private static List<String> columns(ResultSetMetaData data) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= data.getColumnCount(); i++) {
      columns.add(data.getColumnLabel(i));
    }
    return columns;
  }

  /// Whether it is a query of its own, whose columns are its own affair.
  static boolean isWhole(String text) {
    String begin = text.stripLeading().toLowerCase(Locale.ROOT);
    return begin.startsWith("select ") || begin.startsWith("with ");
  }

  private static String select(String condition, int limit) {
    String found = "select * from events where (%s)".formatted(condition);
    return limit == 0
        ? found + " order by run, seq"
        : "select * from (%s order by run desc, seq desc limit %d) order by run, seq"
            .formatted(found, limit);
  }

  /// Microseconds since 1970.
  static long micros(Instant time) {
    return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
  }

  private static long ago(String span) {
    Matcher matcher = SPAN.matcher(span.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "ago('" + span + "') is no time; write 30s, 10m, 2h or 7d");
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    return micros(Instant.now().minus(duration));
  }

  /// Local time, unless it ends in Z.
  private static long at(String text, ZoneId zone) {
    String time = text.strip().replace(' ', 'T');
    try {
      if (time.endsWith("Z")) {
        return micros(Instant.parse(time));
      }
      LocalDateTime local =
          time.contains("T") ? LocalDateTime.parse(time) : LocalDate.parse(time).atStartOfDay();
      return micros(local.atZone(zone).toInstant());
    } catch (DateTimeException none) {
      throw new IllegalArgumentException(
          "at('"
              + text
              + "') is no time; write 2026-11-23, 2026-11-23 12:00 or 2026-11-23T11:00:00Z",
          none);
    }
  }

  private static final class TimeFunction extends Function {

    private final Micros micros;

    @FunctionalInterface
    interface Micros {
      long of(String text);
    }

    TimeFunction(Micros micros) {
      this.micros = micros;
    }

    @Override
    protected void xFunc() throws SQLException {
      try {
        result(micros.of(args() == 1 ? String.valueOf(value_text(0)) : ""));
      } catch (IllegalArgumentException problem) {
        error(problem.getMessage());
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
