package dev.sonde.benchmarks.log;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// The same rows in batches of the same size, as plainly as SQLite takes them: a table of the
/// columns of `events`, without bus, queue, retention, or a question answered quickly. What the
/// rows hold is put together by hand.
final class RawSqlite implements Logged {

  private static final int BATCH = 2_000;

  private final Connection connection;
  private final PreparedStatement insert;
  private final long begunMicros = System.currentTimeMillis() * 1_000;
  private long rows;

  RawSqlite(Path directory) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("raw.db"));
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma journal_mode = wal");
      statement.execute("pragma synchronous = normal");
      statement.execute(
          "create table entry(id integer primary key, time integer, topic text, module text,"
              + " cause integer, level text, event text)");
    }
    connection.setAutoCommit(false);
    insert = connection.prepareStatement("insert into entry values (?,?,?,?,?,?,?)");
  }

  @Override
  public void log(Query query) {
    try {
      insert.setLong(1, ++rows);
      insert.setLong(2, begunMicros + rows);
      insert.setString(3, "bench/QUERY");
      insert.setString(4, "bench");
      insert.setObject(5, null);
      insert.setString(6, "info");
      insert.setString(7, json(query));
      insert.addBatch();
      if (rows % BATCH == 0) {
        commit();
      }
    } catch (SQLException problem) {
      throw new IllegalStateException(problem);
    }
  }

  private static String json(Query query) {
    return "{\"name\":\""
        + query.name()
        + "\",\"type\":\""
        + query.type()
        + "\",\"client\":\""
        + query.client()
        + "\",\"server\":\""
        + query.server()
        + "\",\"id\":"
        + query.id()
        + "}";
  }

  private void commit() throws SQLException {
    insert.executeBatch();
    connection.commit();
  }

  @Override
  public void end() throws SQLException {
    commit();
    connection.close();
  }
}
