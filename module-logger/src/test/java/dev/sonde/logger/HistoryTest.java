package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  @TempDir Path home;
  private Path path;
  private HistoryFile file;
  private final Told told = new Told();
  private Instant now = Samples.NOON;

  @BeforeEach
  void name() {
    path = home.resolve("log/history.db");
    file = new HistoryFile(path);
  }

  @Test
  void shouldKeepEachEventOnceAndInOrder() throws Exception {
    fill("run a", 1, 5_000);
    fill("run a", 4_990, 5_010); // As after an update of the module.
    fill("run b", 1, 3); // As after a start of the device.

    assertThat(sql("select count(*), min(seq), max(seq) from events where run = 1"))
        .containsExactly("5010 1 5010");
    assertThat(sql("select run, seq from events where run = 2 order by seq"))
        .containsExactly("2 1", "2 2", "2 3");
    assertThat(sql("pragma integrity_check")).containsExactly("ok");
    assertThat(told.sentences).isEmpty();
  }

  @Test
  void shouldHaveWrittenWhenTheBarrierIsPassed() throws Exception {
    try (History history = open("run")) {
      for (int i = 1; i <= 100; i++) {
        history.add(row(i, "a/B"));
      }
      history.barrier().get(20, TimeUnit.SECONDS);

      assertThat(sql("select count(*) from events")).containsExactly("100");
      assertThat(history.written()).isEqualTo(100);
    }
  }

  @Test
  void shouldForgetWhatIsTooOld() throws Exception {
    fill("run", 1, 10);
    now = now.plus(Duration.ofDays(8));
    try (History history = open("next run")) {
      history.use(new History.Limits(Duration.ofDays(7), Long.MAX_VALUE));
      history.add(row(1, "a/NEW"));
    }

    assertThat(sql("select topic from events")).containsExactly("a/NEW");
  }

  @Test
  void shouldForgetTheOldestOfWhatIsTooMuchAndGiveTheSpaceBack() throws Exception {
    fill("run", 1, 50_000);
    long before = Files.size(path);
    try (History history = open("next run")) {
      history.use(new History.Limits(Duration.ofDays(30), 1L << 20));
      history.add(row(1, "a/NEW"));
    }

    assertThat(Files.size(path)).isLessThanOrEqualTo(1L << 20).isLessThan(before);
    assertThat(sql("select max(seq) from events where run = 1")).containsExactly("50000");
    assertThat(sql("select count(*) from events where topic = 'a/NEW'")).containsExactly("1");
  }

  @Test
  void shouldPutAFileAsideThatIsNone() throws Exception {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "This is no database.\n".repeat(1_000));
    fill("run", 1, 10);

    assertThat(sql("select count(*) from events")).containsExactly("10");
    assertThat(told.sentences).singleElement().asString().contains("history.db is broken");
    assertThat(path.resolveSibling("history-broken.db")).content().startsWith("This is no");
    assertThat(path.resolveSibling("history-broken.db.reason")).content().contains("NOTADB");
  }

  @Test
  void shouldBeginAnewWhenPagesAreOverwritten() throws Exception {
    fill("run", 1, 5_000);
    try (RandomAccessFile bytes = new RandomAccessFile(path.toFile(), "rw")) {
      for (long page = 4_096; page < bytes.length(); page += 4_096) {
        bytes.seek(page);
        bytes.write(new byte[200]);
      }
    }
    fill("next run", 1, 10);

    assertThat(sql("select count(*) from events")).containsExactly("10");
    assertThat(path.resolveSibling("history-broken.db")).exists();
  }

  @Test
  void shouldKeepWhatTheFirstVersionWrote() throws Exception {
    Files.createDirectories(path.getParent());
    new HistoryFile(path, HistoryFile.MIGRATIONS.subList(0, 1)).open().close();
    sql("insert into run(uuid) values ('run a')");
    sql(
        """
        with recursive n(n) as (select 1 union all select n + 1 from n where n < 1000)
        insert into entry
          select (1 << 40) + n, %d - n, 'a/' || (n %% 3), 'm' || (n %% 2), nullif(n %% 2, 0),
            iif(n %% 7 = 0, 'error', 'info'), json_object('n', n)
          from n
        """
            .formatted(HistoryQuery.micros(now)));
    List<String> before = sql("select * from events order by run, seq");
    fill("run a", 1_001, 1_001);

    assertThat(before).hasSize(1_000).first().asString().endsWith(" a/1 m1 1 info {\"n\":1}");
    assertThat(sql("select * from events where seq <= 1000 order by run, seq")).isEqualTo(before);
    assertThat(sql("select run, topic from events where seq = 1001")).containsExactly("1 a/B");
    assertThat(sql("pragma integrity_check")).containsExactly("ok");
    assertThat(told.sentences).isEmpty();
  }

  @Test
  void shouldForgetSourcesOfWhichNothingIsLeft() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i <= HistoryWriter.MOST_SOURCES; i++) {
      rows.add(row(i, "a/" + i));
    }
    Files.createDirectories(path.getParent());
    try (HistoryWriter writer = new HistoryWriter(file.open(), 1)) {
      writer.insert(rows);
      writer.connection().commit();
      assertThat(sql("delete from entry where event ->> 'n' != 5")).isEmpty();
      writer.insert(List.of(row(20_000, "a/NEW")));
      writer.connection().commit();
    }

    assertThat(sql("select topic from source order by topic")).containsExactly("a/5", "a/NEW");
    assertThat(sql("select topic from events order by topic")).containsExactly("a/5", "a/NEW");
  }

  @Test
  void shouldFindATimeWithoutLookingAtAllEvents() throws Exception {
    fill("run", 1, 10);

    assertThat(sql("explain query plan select * from events where topic like 'a/%' and time > 5"))
        .anyMatch(line -> line.contains("SEARCH entry USING PRIMARY KEY (time>?)"));
  }

  @Test
  void shouldBringAnOlderFileToThisVersionAndKeepWhatIsInIt() throws Exception {
    fill("run", 1, 10);
    List<String> more = new ArrayList<>(HistoryFile.MIGRATIONS);
    more.add("alter table entry add column weight integer default 7;");
    new HistoryFile(path, more).open().close();

    assertThat(sql("pragma user_version")).containsExactly(String.valueOf(more.size()));
    assertThat(sql("select count(*), sum(weight) from entry")).containsExactly("10 70");
  }

  @Test
  void shouldPutAsideAFileOfALaterVersion() throws Exception {
    fill("run", 1, 10);
    sql("pragma user_version = 99");
    fill("run", 11, 12);

    assertThat(sql("select count(*) from events")).containsExactly("2");
    assertThat(told.sentences).singleElement().asString().contains("of version 99");
  }

  @Test
  void shouldCountOnWhenTheDiskRefuses() throws Exception {
    Files.writeString(path.getParent(), "a file where the directory should be");
    try (History history = open("run")) {
      history.add(row(1, "a/B"));
      history.barrier().get(20, TimeUnit.SECONDS);

      assertThat(history.lost()).isEqualTo(1);
      assertThat(told.sentences).singleElement().asString().startsWith("refused: ");
    }
  }

  @Test
  void shouldBeginAnewWhenSomebodyDeletesTheFile() throws Exception {
    try (History history = open("run")) {
      history.add(row(1, "a/B"));
      history.barrier().get(20, TimeUnit.SECONDS);
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(Path.of(path + suffix));
      }
      history.add(row(2, "a/B"));
    }

    assertThat(sql("select seq from events")).containsExactly("2");
  }

  @Test
  void shouldAnswerConditionsWithTheNewestInOrder() throws Exception {
    fill("run", 1, 10);

    assertThat(ask("seq % 2 = 0", 3)).containsExactly("6", "8", "10");
    assertThat(ask("event ->> 'n' = 7", 0)).containsExactly("7");
    assertThat(ask("time > ago('10m')", 0)).isEmpty();
    assertThat(ask("time >= at('2026-11-01 13:00') and time < at('2026-11-01T12:00:01Z')", 0))
        .hasSize(10);
    assertThat(ask("select 2 * seq as seq from events where seq = 4", 0)).containsExactly("8");
  }

  @Test
  void shouldChangeNothingWhateverIsAsked() throws Exception {
    fill("run", 1, 10);
    assertThat(ask("1) ; delete from entry; --", 0)).hasSize(10);
    assertThatThrownBy(() -> ask("with x as (select 1) delete from entry", 0))
        .hasMessageContaining("READONLY");

    assertThat(ask("true", 0)).hasSize(10);
  }

  @Test
  void shouldExplainATimeThatIsNone() {
    fill("run", 1, 1);

    assertThatThrownBy(() -> ask("time > ago('soon')", 0)).hasMessageContaining("10m");
    assertThatThrownBy(() -> ask("time > at('noon')", 0)).hasMessageContaining("2026-11-23");
  }

  private History open(String run) {
    return new History(file, run, () -> now, told);
  }

  private void fill(String run, int from, int to) {
    try (History history = open(run)) {
      for (int i = from; i <= to; i++) {
        history.add(row(i, "a/B"));
      }
    }
  }

  private Row row(int sequence, String topic) {
    long micros = HistoryQuery.micros(now);
    return new Row(sequence, micros, topic, "test", 0, Level.INFO, "{\"n\":" + sequence + "}");
  }

  private List<String> ask(String query, int limit) throws Exception {
    List<String> found = new ArrayList<>();
    try (HistoryQuery history = HistoryQuery.open(file, ZURICH)) {
      history.ask(
          query,
          limit,
          row -> {
            found.add(String.valueOf(row.get("seq")));
            return true;
          });
    }
    return found;
  }

  /// Reads the file as anybody may.
  private List<String> sql(String sql) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        ResultSet rows = statement.getResultSet();
        while (rows.next()) {
          StringBuilder line = new StringBuilder(rows.getString(1));
          for (int i = 2; i <= rows.getMetaData().getColumnCount(); i++) {
            line.append(' ').append(rows.getString(i));
          }
          lines.add(line.toString());
        }
      }
    }
    return lines;
  }
}
