package dev.sonde.logger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes rows through an open `history.db`. Nothing is committed here, and whoever rolls back
/// begins with a new writer, since this one knows sources that are not stored then.
final class HistoryWriter implements AutoCloseable {

  /// Rows of one statement. A call of SQLite for each row would take a third longer.
  private static final int ROWS = 20;

  private static final int COLUMNS = 5;

  /// Sources are few; where somebody puts numbers into topics they are looked through now and then.
  static final int MOST_SOURCES = 10_000;

  /// What many events have in common, and is stored once.
  private record Source(String topic, String module, Level level) {

    static Source of(Row row) {
      return new Source(row.topic(), row.module(), row.level());
    }
  }

  private final Connection connection;
  private final long run;
  private final Map<Source, Long> sources = new HashMap<>();
  private @Nullable PreparedStatement one;
  private @Nullable PreparedStatement many;

  /// @param connection ends with this
  /// @param run the number of this start of the device
  HistoryWriter(Connection connection, long run) {
    this.connection = connection;
    this.run = run;
  }

  Connection connection() {
    return connection;
  }

  /// Inserts rows, each once.
  void insert(List<Row> rows) throws SQLException {
    if (sources.size() > MOST_SOURCES) {
      forgetSources();
    }
    int inMany = rows.size() - rows.size() % ROWS;
    for (int i = 0; i < inMany; i += ROWS) {
      insert(many(), rows.subList(i, i + ROWS));
    }
    for (Row row : rows.subList(inMany, rows.size())) {
      insert(one(), List.of(row));
    }
  }

  private PreparedStatement one() throws SQLException {
    PreparedStatement statement = one;
    if (statement == null) {
      statement = prepare(1);
      one = statement;
    }
    return statement;
  }

  private PreparedStatement many() throws SQLException {
    PreparedStatement statement = many;
    if (statement == null) {
      statement = prepare(ROWS);
      many = statement;
    }
    return statement;
  }

  private PreparedStatement prepare(int rows) throws SQLException {
    return connection.prepareStatement(
        "insert or ignore into entry(time, id, source, cause, event) values "
            + String.join(",", Collections.nCopies(rows, "(?,?,?,?,?)")));
  }

  private void insert(PreparedStatement statement, List<Row> rows) throws SQLException {
    for (int i = 0; i < rows.size(); i++) {
      bind(statement, i * COLUMNS, rows.get(i));
    }
    statement.executeUpdate();
  }

  private void bind(PreparedStatement statement, int before, Row row) throws SQLException {
    statement.setLong(before + 1, row.epochMicros());
    statement.setLong(before + 2, (run << HistoryFile.SEQUENCE_BITS) | row.sequence());
    statement.setLong(before + 3, source(Source.of(row)));
    if (row.causedBy() == 0) {
      statement.setNull(before + 4, Types.INTEGER);
    } else {
      statement.setLong(before + 4, row.causedBy());
    }
    statement.setString(before + 5, row.event());
  }

  private long source(Source source) throws SQLException {
    Long known = sources.get(source);
    if (known == null) {
      known = store(source);
      sources.put(source, known);
    }
    return known;
  }

  private long store(Source source) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into source(topic, module, level) values (?,?,?)"
                + " on conflict do update set topic = topic returning id")) {
      insert.setString(1, source.topic);
      insert.setString(2, source.module);
      insert.setString(3, source.level.name().toLowerCase(Locale.ROOT));
      try (ResultSet stored = insert.executeQuery()) {
        stored.next();
        return stored.getLong(1);
      }
    }
  }

  private void forgetSources() throws SQLException {
    sources.clear();
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("delete from source where id not in (select source from entry)");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
