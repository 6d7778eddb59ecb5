package dev.sonde.logger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// `history.db`: its schema, its versions, and what to do when it is broken.
///
/// | column of `events` | type | |
/// |---|---|---|
/// | `run` | integer | which start of the device, from 1 |
/// | `seq` | integer | place in the order of all events of that run |
/// | `time` | integer | microseconds since 1970-01-01T00:00:00Z |
/// | `topic`, `module` | text | |
/// | `cause` | integer | `seq` of the event that was being handled, or null |
/// | `level` | text | `info`, `warning`, `error` |
/// | `event` | text | the components as JSON |
final class HistoryFile {

  /// What leads from each version (`pragma user_version`) to the next. Never changed, only
  /// continued: files out there have passed through them. In the view, `cross` makes SQLite go
  /// through the entries and look up their sources, never the other way round.
  static final List<String> MIGRATIONS =
      List.of(
          """
          create table run(id integer primary key, uuid text not null unique);
          create table entry(
            id integer primary key, time integer not null, topic text not null,
            module text not null, cause integer, level text not null, event text not null);
          create index entry_time on entry(time);
          create view events as
            select id >> 40 as run, id & 0xffffffffff as seq, time, topic, module, cause, level,
              event
            from entry;
          """,
          // What many events share is stored once, and an index over the time is not needed where
          // the rows themselves lie in its order.
          """
          drop view events;
          alter table entry rename to entry_1;
          create table source(
            id integer primary key, topic text not null, module text not null,
            level text not null, unique(topic, module, level));
          create table entry(
            time integer not null, id integer not null, source integer not null, cause integer,
            event text not null, primary key(time, id)) without rowid;
          insert into source(topic, module, level)
            select distinct topic, module, level from entry_1;
          insert into entry
            select time, entry_1.id, source.id, cause, event
            from entry_1 cross join source using (topic, module, level)
            order by time, entry_1.id;
          drop table entry_1;
          create view events as
            select entry.id >> 40 as run, entry.id & 0xffffffffff as seq, time, topic, module,
              cause, level, event
            from entry cross join source on source.id = entry.source;
          """);

  /// How many bits of `entry.id` are the sequence; those above are the run.
  static final int SEQUENCE_BITS = 40;

  private static final int BUSY_MILLIS = 5_000;

  private final Path file;
  private final List<String> migrations;

  HistoryFile(Path file) {
    this(file, MIGRATIONS);
  }

  HistoryFile(Path file, List<String> migrations) {
    this.file = file;
    this.migrations = migrations;
  }

  Path path() {
    return file;
  }

  /// Opens it for writing; makes it, or brings it to this version.
  ///
  /// @throws SQLException if it can not be opened, is broken, or of a later version
  Connection open() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.setGetGeneratedKeys(false); // There are none, and each insert would ask for them.
    Connection connection = connect(config);
    try {
      prepare(connection);
      connection.setAutoCommit(false);
      migrate(connection);
      return connection;
    } catch (SQLException problem) {
      connection.close();
      throw problem;
    }
  }

  private static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("pragma auto_vacuum = incremental"); // Before the first page is written.
      statement.execute("pragma journal_mode = wal");
      statement.execute("pragma synchronous = normal");
      statement.execute("pragma journal_size_limit = 4194304");
    }
  }

  /// Opens it for reading alone.
  ///
  /// @throws SQLException if it can not be opened
  Connection read() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_MILLIS);
    return connect(config);
  }

  private Connection connect(SQLiteConfig config) throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source.getConnection();
  }

  private void migrate(Connection connection) throws SQLException {
    int version = (int) number(connection, "pragma user_version");
    if (version > migrations.size()) {
      throw new SQLiteException(
          "it is of version " + version + ", and this Sonde knows " + migrations.size(),
          SQLiteErrorCode.SQLITE_NOTADB);
    }
    try (Statement statement = connection.createStatement()) {
      for (String step : migrations.subList(version, migrations.size())) {
        statement.executeUpdate(step);
      }
      statement.executeUpdate("pragma user_version = " + migrations.size());
    }
    connection.commit();
  }

  /// The number of a run of the device, a new one if it is not known yet.
  ///
  /// @param uuid what tells runs apart
  static long run(Connection connection, String uuid) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert or ignore into run(uuid) values (?)")) {
      insert.setString(1, uuid);
      insert.executeUpdate();
    }
    try (PreparedStatement select =
        connection.prepareStatement("select id from run where uuid = ?")) {
      select.setString(1, uuid);
      try (ResultSet found = select.executeQuery()) {
        found.next();
        return found.getLong(1);
      }
    }
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  /// Whether the file itself is broken, rather than the disk full or busy.
  static boolean isBroken(SQLException problem) {
    return problem instanceof SQLiteException sqlite
        && switch (sqlite.getResultCode()) {
          case SQLITE_CORRUPT,
              SQLITE_CORRUPT_VTAB,
              SQLITE_CORRUPT_INDEX,
              SQLITE_CORRUPT_SEQUENCE,
              SQLITE_NOTADB,
              SQLITE_FORMAT,
              SQLITE_ERROR ->
              true;
          default -> false;
        };
  }

  /// Puts a broken file aside, with the reason in a file beside it, in place of the one that was
  /// put aside before.
  ///
  /// @return where it is now
  Path setAside(String reason) throws IOException {
    Path aside = sibling("-broken");
    for (String part : List.of("", "-wal", "-shm")) {
      Path from = Path.of(file + part);
      Path to = Path.of(aside + part);
      Files.deleteIfExists(to);
      if (Files.exists(from)) {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Files.writeString(Path.of(aside + ".reason"), reason + "\n");
    return aside;
  }

  private Path sibling(String suffix) {
    return file.resolveSibling(file.getFileName().toString().replace(".db", suffix + ".db"));
  }
}
