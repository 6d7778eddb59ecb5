package dev.sonde.benchmarks.log;

import dev.sonde.bridge.codec.Codec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/// Rows of the same columns in batches of the same size, without bus, history, or a second index.
final class RawSqlite implements Logged {

  private static final int BATCH = 2_000;

  private final Connection connection;
  private final PreparedStatement insert;
  private final String event;
  private long rows;

  RawSqlite(Path directory, Codec codec) throws SQLException {
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
    event = codec.valueToJson(codec.components(Query.at(0)));
  }

  @Override
  public void log(Query query) {
    try {
      insert.setLong(1, ++rows);
      insert.setLong(2, rows);
      insert.setString(3, "bench/QUERY");
      insert.setString(4, "bench");
      insert.setObject(5, null);
      insert.setString(6, "info");
      insert.setString(7, event);
      insert.addBatch();
      if (rows % BATCH == 0) {
        commit();
      }
    } catch (SQLException problem) {
      throw new IllegalStateException(problem);
    }
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
