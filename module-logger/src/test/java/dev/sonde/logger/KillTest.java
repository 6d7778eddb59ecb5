package dev.sonde.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.MappedByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process that logs, again and again, and reads what it left with a reader of its own:
/// every line whole, every number once and in order, none missing that was known to be on the disk.
class KillTest {

  private static final int KILLS = Integer.getInteger("sonde.kills", 50);
  private static final long SEED = 9;
  private static final int LONGEST_MILLIS = 120;
  private static final long DEADLINE_SECONDS = 600;

  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"seq\":(\\d+),\"time\":\"[0-9T:.-]{26}Z\",\"topic\":\"test/KILLED\","
              + "\"module\":\"test\",\"event\":\\{\"number\":(\\d+),\"text\":\"x*\"}}");

  /// What one process logged.
  ///
  /// @param first its first number
  /// @param synced the last that it knew to be on the disk
  private record Life(long first, long synced) {}

  @TempDir Path home;

  @Test
  void shouldLeaveEveryLineWholeAndMissNothingThatWasSynced() throws Exception {
    System.out.println("seed " + SEED + ", kills " + KILLS);
    Random random = new Random(SEED);
    List<Life> lives = new ArrayList<>();
    long first = 1;
    for (int i = 0; i < KILLS; i++) {
      long synced = liveFrom(first, random.nextInt(LONGEST_MILLIS));
      lives.add(new Life(first, synced));
      first = synced + 1_000_000;
    }
    List<Long> journal = numbers("journal");
    List<Long> events = numbers("events");
    List<Long> rows = rows();
    check(lives, journal);
    check(lives, events);
    check(lives, rows);
    System.out.printf(
        "%d kills: %,d lines in the journal, %,d in events, %,d rows in the history;"
            + " 0 torn, 0 twice, 0 out of order, 0 of %,d synced missing%n",
        KILLS,
        journal.size(),
        events.size(),
        rows.size(),
        lives.stream().mapToLong(life -> life.synced - life.first + 1).sum());
  }

  /// Lets a process log and kills it.
  ///
  /// @return the last number that it knew to be on the disk
  private long liveFrom(long first, int millis) throws Exception {
    Path shared = home.resolve("memory");
    Files.deleteIfExists(shared);
    MappedByteBuffer memory = KilledLogger.memory(shared);
    Path output = home.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledLogger.class.getName(),
                home.resolve("log").toString(),
                shared.toString(),
                String.valueOf(first))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
      while (memory.getLong(0) == 0) {
        assertThat(process.isAlive()).as("%s", Files.readString(output)).isTrue();
        assertThat(System.nanoTime()).as("began to log").isLessThan(end);
        Thread.sleep(1);
      }
      Thread.sleep(millis); // When it is killed is chance, and no condition.
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(output).as("what it printed").isEmptyFile();
    return memory.getLong(0);
  }

  private static void check(List<Life> lives, List<Long> numbers) {
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
    int index = 0;
    for (Life life : lives) {
      for (long number = life.first; number <= life.synced; number++) {
        assertThat(numbers.get(index++)).isEqualTo(number);
      }
      // What came after is there up to some number, without a gap.
      long next = life.synced + 1;
      while (index < numbers.size() && numbers.get(index) < life.synced + 1_000_000) {
        assertThat(numbers.get(index++)).isEqualTo(next++);
      }
    }
    assertThat(index).isEqualTo(numbers.size());
  }

  private List<Long> numbers(String base) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(home.resolve("log"))) {
      files =
          all.filter(file -> file.getFileName().toString().matches(base + "-\\d+\\.jsonl(\\.gz)?"))
              .sorted()
              .toList();
    }
    List<Long> numbers = new ArrayList<>();
    for (Path file : files) {
      boolean packed = file.toString().endsWith(".gz");
      // A file that was packed when the process was killed may be there under both its names.
      if (packed || Files.notExists(Path.of(file + ".gz"))) {
        read(file, packed, false, numbers);
      }
    }
    Path current = home.resolve("log").resolve(base + ".jsonl");
    // A process that is killed as it rotates leaves none.
    if (Files.exists(current)) {
      read(current, false, true, numbers);
    }
    return numbers;
  }

  /// The very last line, that of the last process, may be half: the next start would cut it off.
  private static void read(Path file, boolean packed, boolean last, List<Long> numbers)
      throws Exception {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = packed ? new GZIPInputStream(in) : in;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = LINE.matcher(line);
        boolean whole = matcher.matches();
        assertThat(whole || (last && lines.read() < 0)).as("%s: %s", file, line).isTrue();
        if (whole) {
          numbers.add(Long.valueOf(matcher.group(2)));
        }
      }
    }
  }

  private List<Long> rows() throws Exception {
    List<Long> numbers = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("log/history.db"));
        Statement statement = connection.createStatement()) {
      try (ResultSet check = statement.executeQuery("pragma integrity_check")) {
        assertThat(check.getString(1)).isEqualTo("ok");
      }
      try (ResultSet rows =
          statement.executeQuery("select event ->> 'number' from events order by run, seq")) {
        while (rows.next()) {
          numbers.add(rows.getLong(1));
        }
      }
    }
    return numbers;
  }
}
