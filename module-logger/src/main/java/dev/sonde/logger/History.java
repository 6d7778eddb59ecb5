package dev.sonde.logger;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Writes events into `history.db`, in batches on a thread of its own, each event once. No method
/// throws for a disk that is full, read-only or gone, or a file that is broken: that is told, what
/// can not be written is counted, and writing resumes by itself.
final class History implements AutoCloseable {

  /// How much is kept.
  ///
  /// @param age how old an event may become
  /// @param bytes how large the file may become, about
  record Limits(Duration age, long bytes) {}

  private static final Batches.Limits BATCHES =
      new Batches.Limits(8_192, 8L << 20, 2_000, Duration.ofMillis(100), Duration.ofSeconds(1));

  /// After how many rows the limits are looked at.
  private static final int INSPECTION_ROWS = 20_000;

  private static final int DELETED_ROWS = 5_000;

  private final HistoryFile file;
  private final String run;
  private final InstantSource clock;
  private final DiskListener listener;
  private final Batches<Row> batches;
  private final Slowness slowness;
  private volatile Limits limits = new Limits(Duration.ofDays(30), 256L << 20);
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();

  // Of the writing thread:
  private @Nullable HistoryWriter writer;
  private int rowsSinceInspection = INSPECTION_ROWS;
  private boolean refused;
  private long refusedAt;
  private long lostAndTold;

  /// @param run what tells this start of the device from others
  /// @param listener is told on the writing thread
  History(HistoryFile file, String run, InstantSource clock, DiskListener listener) {
    this.file = file;
    this.run = run;
    this.clock = clock;
    this.listener = listener;
    this.slowness = new Slowness("The history", listener);
    this.batches = new Batches<>("history", BATCHES, this::write);
  }

  void use(Limits newLimits) {
    limits = newLimits;
  }

  /// Takes an event, to be written soon.
  ///
  /// @return false if there was no room for it
  boolean add(Row row) {
    return slowness.keepsUp(batches.add(row, Batches.bytes(row.event())), batches::dropped);
  }

  /// Completes once all that was added before is in the file, or lost.
  CompletableFuture<@Nullable Void> barrier() {
    return batches.barrier();
  }

  private void write(List<Row> rows) {
    if (refused && System.nanoTime() - refusedAt < LogFile.RETRY.toNanos()) {
      lost.addAndGet(rows.size());
      return;
    }
    try {
      insert(rows);
      written.addAndGet(rows.size());
      resumed();
      rowsSinceInspection += rows.size();
      if (rowsSinceInspection >= INSPECTION_ROWS) {
        rowsSinceInspection = 0;
        shrink(ready().connection());
      }
    } catch (SQLException problem) {
      fail(rows, problem);
    }
  }

  private void insert(List<Row> rows) throws SQLException {
    HistoryWriter ready = ready();
    try {
      ready.insert(rows);
      ready.connection().commit();
    } catch (SQLException problem) {
      undo(ready.connection(), problem);
      throw problem;
    }
  }

  /// When the disk is full SQLite has undone it itself and says that there is nothing to undo; that
  /// must not stand for what was wrong.
  private static void undo(Connection open, SQLException problem) {
    try {
      open.rollback();
    } catch (SQLException also) {
      problem.addSuppressed(also);
    }
  }

  /// The open file. Somebody may have deleted it, to begin anew; then so do we.
  private HistoryWriter ready() throws SQLException {
    HistoryWriter open = writer;
    if (open != null && Files.notExists(file.path())) {
      letGo();
      open = null;
    }
    if (open == null) {
      makeDirectory();
      Connection connection = file.open();
      open = new HistoryWriter(connection, HistoryFile.run(connection, run));
      writer = open;
    }
    return open;
  }

  private void makeDirectory() throws SQLException {
    try {
      Files.createDirectories(file.path().toAbsolutePath().getParent());
    } catch (IOException problem) {
      throw new SQLException(LogFile.reason(problem), problem);
    }
  }

  private void fail(List<Row> rows, SQLException problem) {
    letGo();
    String reason = String.valueOf(problem.getMessage());
    if (HistoryFile.isBroken(problem) && begunAnew(reason)) {
      try {
        insert(rows);
        written.addAndGet(rows.size());
        return;
      } catch (SQLException again) {
        letGo();
        reason = String.valueOf(again.getMessage());
      }
    }
    lost.addAndGet(rows.size());
    refusedAt = System.nanoTime();
    if (!refused) {
      refused = true;
      listener.refused(file.path(), reason);
    }
  }

  private boolean begunAnew(String reason) {
    try {
      listener.note(
          file.path()
              + " is broken ("
              + reason
              + "); it is "
              + file.setAside(reason).getFileName()
              + " now, and a new one is begun");
      return true;
    } catch (IOException problem) {
      listener.note(file.path() + " is broken and can not be put aside: " + problem);
      return false;
    }
  }

  private void resumed() {
    if (refused) {
      refused = false;
      long now = lost.get();
      listener.resumed(file.path(), now - lostAndTold);
      lostAndTold = now;
    }
  }

  /// Deletes what is too old, and the oldest of what is too much. The space is given back.
  private void shrink(Connection open) throws SQLException {
    Instant oldest = clock.instant().minus(limits.age);
    String old = "time < " + oldest.toEpochMilli() * 1_000;
    while (delete(open, old) == DELETED_ROWS) {
      vacuum(open);
    }
    while (usedBytes(open) > limits.bytes && delete(open, "true") > 0) {
      vacuum(open);
    }
  }

  private static int delete(Connection open, String which) throws SQLException {
    try (Statement statement = open.createStatement()) {
      int count =
          statement.executeUpdate(
              """
              delete from entry where (time, id) in
                (select time, id from entry where %s order by time, id limit %d)
              """
                  .formatted(which, DELETED_ROWS));
      open.commit();
      return count;
    }
  }

  private static long usedBytes(Connection open) throws SQLException {
    long pages =
        HistoryFile.number(open, "pragma page_count")
            - HistoryFile.number(open, "pragma freelist_count");
    return pages * HistoryFile.number(open, "pragma page_size");
  }

  private static void vacuum(Connection open) throws SQLException {
    try (Statement statement = open.createStatement()) {
      statement.executeUpdate("pragma incremental_vacuum"); // To its end, not one page.
      open.commit();
    }
  }

  private void letGo() {
    HistoryWriter open = writer;
    writer = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException problem) {
        listener.note(file.path() + " was not closed properly (" + problem.getMessage() + ")");
      }
    }
  }

  /// Writes what waits and closes the file.
  @Override
  public void close() {
    batches.close();
    letGo();
  }

  HistoryFile file() {
    return file;
  }

  /// Events in the file, as far as this run wrote them.
  long written() {
    return written.get();
  }

  /// Events that found no room, or that the disk refused.
  long lost() {
    return lost.get() + batches.dropped();
  }

  int waiting() {
    return batches.waiting();
  }
}
