package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final int LINES = 20_000;

  @TempDir Path home;

  /// Does something, and says what was synced to the disk meanwhile: files and folders.
  private List<String> syncedBy(Work work) throws Exception {
    Path recorded = home.resolve("recording");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.FileForce").withoutThreshold();
      recording.start();
      work.run();
      recording.stop();
      recording.dump(recorded);
    }
    return RecordingFile.readAllEvents(recorded).stream()
        .map(event -> event.getString("path"))
        .toList();
  }

  private interface Work {
    void run() throws Exception;
  }

  @Test
  void shouldSyncEachLineAndTheFolderWithANewFile() throws Exception {
    Path log = home.resolve("log");
    try (Journal journal = new Journal(log, new Told(), () -> {})) {
      List<String> synced =
          syncedBy(
              () -> {
                journal.add("one");
                journal.barrier().get(60, TimeUnit.SECONDS);
                journal.add("two");
                journal.barrier().get(60, TimeUnit.SECONDS);
              });

      String file = log.resolve("journal.jsonl").toString();
      assertThat(synced).containsExactly(log.toString(), file, file);
      assertThat(journal.written()).isEqualTo(2);
    }
  }

  @Test
  void shouldSyncWhatIsCompressedBeforeTheOriginalGoes() throws Exception {
    Path log = Files.createDirectories(home.resolve("log"));
    Files.writeString(log.resolve("events-000001.jsonl"), "line\n");

    assertThat(syncedBy(() -> new RotatedFiles(log, "events").compress(() -> false)))
        .containsExactly(log.resolve("events-000001.jsonl.gz.new").toString(), log.toString());
  }

  /// The disk keeps the first line waiting until the queue is more than full.
  @Test
  void shouldCountAlsoWhatItsQueueCouldNotHold() throws IOException {
    Path noFolder = Files.createFile(home.resolve("file"));
    CountDownLatch full = new CountDownLatch(1);
    Journal journal = new Journal(noFolder, stuckUntil(full), () -> {});
    int refused = 0;
    for (int i = 0; i < LINES; i++) {
      refused += journal.add("line") ? 0 : 1;
    }
    full.countDown();
    journal.close();

    assertThat(refused).isPositive().isLessThan(LINES);
    assertThat(journal.lost()).isEqualTo(LINES);
    assertThat(journal.written()).isZero();
  }

  private static DiskListener stuckUntil(CountDownLatch latch) {
    return new DiskListener() {
      @Override
      public void refused(Path file, String reason) {
        try {
          latch.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }

      @Override
      public void resumed(Path file, long missing) {}

      @Override
      public void late(Path file, Duration longest, long count) {}

      @Override
      public void note(String sentence) {}
    };
  }
}
