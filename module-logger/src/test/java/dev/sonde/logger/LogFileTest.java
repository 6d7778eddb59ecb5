package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

  /// A disk with so much room; a write that does not fit takes what does, and then fails, as the
  /// system's does.
  private static final class SmallDisk implements LogFile.Opener {
    private long room = Long.MAX_VALUE;

    @Override
    public WritableByteChannel open(Path file) throws IOException {
      WritableByteChannel real =
          Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return new WritableByteChannel() {
        @Override
        public int write(ByteBuffer data) throws IOException {
          if (room == 0) {
            throw new IOException("No space left on device");
          }
          int limit = data.limit();
          data.limit((int) Math.min(limit, data.position() + room));
          int count = real.write(data);
          data.limit(limit);
          room -= count;
          return count;
        }

        @Override
        public boolean isOpen() {
          return real.isOpen();
        }

        @Override
        public void close() throws IOException {
          real.close();
        }
      };
    }
  }

  @TempDir Path home;
  private Path directory;
  private Path file;
  private final SmallDisk disk = new SmallDisk();
  private final Told told = new Told();
  private final List<String> notices = told.sentences;
  private long now;
  private Instant wall = Instant.now();
  private int rotations;
  private LogFile log;

  @BeforeEach
  void open() {
    directory = home.resolve("log");
    file = directory.resolve("events.jsonl");
    LogFile.Clocks clocks = new LogFile.Clocks(() -> now, () -> wall);
    log = new LogFile(directory, "events", disk, clocks, told, () -> rotations++);
  }

  @Test
  void shouldWriteLinesWhenFlushed() throws IOException {
    log.append("one");
    log.append("zwö");
    assertThat(log.waiting()).isEqualTo(2);
    log.flush();

    assertThat(Files.readAllLines(file)).containsExactly("one", "zwö");
    assertThat(log.sizeBytes()).isEqualTo(Files.size(file)).isEqualTo(9);
    assertAccount(2, 0);
  }

  @Test
  void shouldWriteWhatWaitsWhenClosed() throws IOException {
    log.append("one");
    log.close();

    assertThat(Files.readAllLines(file)).containsExactly("one");
  }

  @Test
  void shouldAppendToWhatIsThere() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(file, "before\n");
    log.append("after");
    log.flush();

    assertThat(Files.readAllLines(file)).containsExactly("before", "after");
  }

  @Test
  void shouldCutAHalfLineAndSaySo() throws IOException {
    Files.createDirectories(directory);
    Files.writeString(file, "whole\n{\"seq\":");
    log.open();
    log.append("next");
    log.flush();

    assertThat(Files.readAllLines(file)).containsExactly("whole", "next");
    assertThat(notices).singleElement().asString().endsWith("its last 7 bytes were cut off");
  }

  @Test
  void shouldKeepTheOrderAroundAHugeLine() throws IOException {
    String huge = "x".repeat(10_000_000);
    log.append("before");
    log.append(huge);
    log.append("after");
    log.close();

    assertThat(Files.readAllLines(file)).containsExactly("before", huge, "after");
  }

  @Test
  void shouldRotateBeforeAFileGrowsTooLarge() throws IOException {
    log.use(limits(10, 9));
    for (String line : List.of("aaaa", "bbbb", "cccc", "dddd", "eeee")) {
      log.append(line);
    }
    log.close();

    assertThat(Files.readAllLines(directory.resolve("events-000001.jsonl")))
        .containsExactly("aaaa", "bbbb");
    assertThat(Files.readAllLines(directory.resolve("events-000002.jsonl")))
        .containsExactly("cccc", "dddd");
    assertThat(Files.readAllLines(file)).containsExactly("eeee");
    assertThat(rotations).isEqualTo(2);
    assertAccount(5, 0);
  }

  @Test
  void shouldLoseNoLineOverManyRotations() throws IOException {
    log.use(limits(1_000, 1_000));
    for (int i = 0; i < 10_000; i++) {
      log.append("line " + i);
    }
    log.close();

    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path each : files.sorted().toList()) {
        assertThat(each).satisfies(one -> assertThat(Files.size(one)).isLessThanOrEqualTo(1_000));
        all.addAll(Files.readAllLines(each));
      }
    }
    assertThat(all).hasSize(10_000).doesNotHaveDuplicates();
    assertAccount(10_000, 0);
  }

  @Test
  void shouldKeepNoMoreFilesThanAsked() throws IOException {
    log.use(limits(5, 2));
    for (String line : List.of("aaaa", "bbbb", "cccc", "dddd", "eeee")) {
      log.append(line);
    }
    log.close();

    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("events-000003.jsonl", "events-000004.jsonl", "events.jsonl");
  }

  @Test
  void shouldGiveALongerLineAFileOfItsOwn() throws IOException {
    log.use(limits(5, 9));
    log.append("a");
    log.append("longer than a file");
    log.append("b");
    log.close();

    assertThat(Files.readAllLines(directory.resolve("events-000002.jsonl")))
        .containsExactly("longer than a file");
    assertThat(Files.readAllLines(file)).containsExactly("b");
  }

  @Test
  void shouldGoOnInTheSameFileIfItCanNotBeMoved() throws IOException {
    log.use(limits(10, 9));
    log.append("aaaa");
    log.flush();
    Files.delete(file);
    log.append("bbbbbbbb");
    log.flush();
    assertThat(Files.readAllLines(file)).containsExactly("bbbbbbbb");
    assertThat(notices).singleElement().asString().contains("was not rotated properly");

    for (String line : List.of("cccc", "dddd", "eeee", "ffff")) {
      log.append(line);
    }
    log.close();
    assertThat(Files.readAllLines(directory.resolve("events-000002.jsonl")))
        .containsExactly("dddd", "eeee");
    assertThat(Files.readAllLines(file)).containsExactly("ffff");
    assertAccount(6, 0);
  }

  @Test
  void shouldNotSayForEachLineThatAFileCanNotBeMoved() throws IOException {
    String longest = "e".repeat(255 - ".jsonl".length());
    log = new LogFile(directory, longest, told, () -> rotations++);
    log.use(limits(10, 9));
    for (String line : List.of("aaaa", "bbbb", "cccc", "dddd", "eeee", "ffff")) {
      log.append(line);
    }
    log.close();

    assertThat(Files.readAllLines(log.path())).hasSize(6);
    assertThat(notices).hasSize(2).allMatch(note -> note.contains("was not rotated properly"));
    assertThat(rotations).isZero();
  }

  @Test
  void shouldCountOnAndTellOnceWhenTheDiskIsFull() {
    disk.room = 0;
    for (int i = 0; i < 5; i++) {
      log.append("line");
      log.flush();
      now += LogFile.RETRY.toNanos();
    }

    assertAccount(0, 5);
    assertThat(log.isRefused()).isTrue();
    assertThat(notices).singleElement().asString().isEqualTo("refused: No space left on device");
  }

  @Test
  void shouldResumeWithWholeLinesWhenThereIsRoomAgain() throws IOException {
    disk.room = "first\nsec".length();
    log.append("first");
    log.append("second");
    log.flush();
    assertAccount(1, 1);

    disk.room = 100;
    log.append("too soon");
    log.flush();
    now += LogFile.RETRY.toNanos();
    log.append("again");
    log.flush();

    assertThat(Files.readAllLines(file)).containsExactly("first", "again");
    assertAccount(2, 2);
    assertThat(log.isRefused()).isFalse();
    assertThat(notices).last().isEqualTo("resumed: 2");
  }

  @Test
  void shouldTellEachTimeHowManyAreMissing() {
    for (int time = 1; time <= 2; time++) {
      disk.room = 0;
      log.append("lost");
      log.flush();
      disk.room = 100;
      now += LogFile.RETRY.toNanos();
      log.append("kept");
      log.flush();
    }

    assertThat(notices).hasSize(4).last().isEqualTo("resumed: 1");
  }

  @Test
  void shouldSurviveADeviceThatIsReallyFull() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")), "needs /dev/full");
    Files.createDirectories(directory);
    Files.createSymbolicLink(file, Path.of("/dev/full"));
    LogFile real = new LogFile(directory, "events", told, () -> {});
    real.append("one");
    real.close();

    Files.delete(file);

    assertThat(real.written()).isZero();
    assertThat(real.lost()).isEqualTo(1);
    assertThat(notices).singleElement().asString().startsWith("refused: ");
  }

  @Test
  void shouldCountOnWhileASmallDiskIsFullAndResumeWhenThereIsRoom() throws Exception {
    Files.createDirectories(directory);
    assumeTrue(ran("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.toString()));
    try {
      Path other = Files.write(directory.resolve("other"), new byte[700_000]);
      LogFile.Clocks clocks = new LogFile.Clocks(() -> now, () -> wall);
      LogFile real =
          new LogFile(directory, "events", LogFile::append, clocks, told, () -> rotations++);
      for (int i = 0; i < 20_000; i++) {
        real.append("{\"seq\":" + i + ",\"topic\":\"test/SMALL_DISK\"}");
      }
      real.flush();
      assertThat(real.isRefused()).isTrue();
      Files.delete(other);
      now += LogFile.RETRY.toNanos();
      real.append("after");
      real.close();

      assertThat(real.written() + real.lost()).isEqualTo(20_001);
      assertThat(Files.readAllLines(file))
          .hasSize((int) real.written())
          .allMatch(line -> line.equals("after") || line.endsWith("SMALL_DISK\"}"));
      assertThat(notices).hasSize(2);
      assertThat(notices.getFirst()).startsWith("refused: No space left");
      assertThat(notices.getLast()).isEqualTo("resumed: " + real.lost());
    } finally {
      assertThat(ran("umount", "-l", directory.toString())).isTrue();
    }
  }

  private static boolean ran(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  @Test
  void shouldSurviveADirectoryThatCanNotBeMade() throws IOException {
    Files.writeString(directory, "a file where the directory should be");
    log.open();
    log.append("one");
    log.close();

    assertAccount(0, 1);
    assertThat(notices).hasSize(1);
  }

  @Test
  void shouldBeginAnewWhenSomebodyDeletesTheFile() throws IOException {
    log.append("one");
    log.flush();
    Files.delete(file);
    log.append("two");
    log.flush();

    assertThat(Files.readAllLines(file)).containsExactly("two");
    assertThat(notices).isEmpty();
  }

  @Test
  void shouldPutAFileAsideWhenItIsOld() throws IOException {
    log.use(new LogFile.Limits(1_000, Duration.ofHours(1), 9, 1_000));
    log.append("one");
    log.flush();
    wall = wall.plus(Duration.ofMinutes(59));
    log.append("two");
    log.flush();
    wall = wall.plus(Duration.ofHours(1)); // The file's own time is that of the machine.
    log.append("three");
    log.flush();
    log.append("four");
    log.close();

    assertThat(Files.readAllLines(directory.resolve("events-000001.jsonl")))
        .containsExactly("one", "two", "three");
    assertThat(Files.readAllLines(file)).containsExactly("four");
  }

  @Test
  void shouldKnowTheAgeOfAFileThatWasThereBefore() throws IOException {
    log.append("before");
    log.close();
    wall = wall.plus(Duration.ofHours(2));
    LogFile.Clocks clocks = new LogFile.Clocks(() -> now, () -> wall);
    LogFile next = new LogFile(directory, "events", disk, clocks, told, () -> rotations++);
    next.use(new LogFile.Limits(1_000, Duration.ofHours(1), 9, 1_000));
    next.append("after");
    next.flush();
    next.close();

    assertThat(rotations).isEqualTo(1);
  }

  private static LogFile.Limits limits(long fileBytes, int files) {
    return new LogFile.Limits(fileBytes, Duration.ZERO, files, Long.MAX_VALUE);
  }

  private void assertAccount(long written, long lost) {
    assertThat(log.written()).isEqualTo(written);
    assertThat(log.lost()).isEqualTo(lost);
  }
}
