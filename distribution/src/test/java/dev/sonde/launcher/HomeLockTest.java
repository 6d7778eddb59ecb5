package dev.sonde.launcher;

import static java.nio.file.StandardOpenOption.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeLockTest {

  @TempDir Path directory;

  /// Another process: takes the lock, says so, and keeps it.
  static final class Holder {

    private Holder() {}

    public static void main(String[] home) throws Exception {
      HomeLock.take(new Home(Path.of(home[0])));
      System.out.println("taken");
      Thread.sleep(TimeUnit.MINUTES.toMillis(5));
    }
  }

  /// Another process: asks again and again who holds it, and so holds it itself a fifth of the
  /// time.
  static final class Asker {

    private Asker() {}

    public static void main(String[] home) throws Exception {
      try (FileChannel channel = FileChannel.open(new Home(Path.of(home[0])).lockFile(), READ)) {
        System.out.println("taken");
        while (true) {
          try (FileLock _ = channel.tryLock(0, Long.MAX_VALUE, true)) {
            Thread.sleep(1);
          }
          Thread.sleep(4);
        }
      }
    }
  }

  private Process startHolder() throws IOException {
    return start(Holder.class);
  }

  private Process start(Class<?> program) throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("taken");
    return process;
  }

  @Test
  void shouldWriteItsProcessIdAndHowFarItHasCome() throws Exception {
    try (HomeLock lock = HomeLock.take(new Home(directory))) {
      assertThat(Files.readString(directory.resolve(".lock")))
          .isEqualTo(ProcessHandle.current().pid() + " starting\n");
      lock.note(Stage.SAFE_MODE);
      lock.note(Stage.RUNNING);
      assertThat(Files.readString(directory.resolve(".lock")))
          .isEqualTo(ProcessHandle.current().pid() + " running\n");
    }
    assertThat(directory.resolve(".lock")).isEmptyFile();
  }

  @Test
  void shouldNameTheProcessThatHoldsIt() throws Exception {
    Process holder = startHolder();
    try {
      assertThatThrownBy(() -> HomeLock.take(new Home(directory)))
          .isInstanceOfSatisfying(
              LaunchException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.IN_USE))
          .hasMessageContaining("in use by process " + holder.pid());
      assertThat(HomeLock.occupant(new Home(directory)))
          .contains(new Occupant(holder.pid(), Stage.STARTING));
      assertThat(HomeLock.broken(new Home(directory))).isEmpty();
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void shouldNotBeHeldUpByAProcessThatWasKilled() throws Exception {
    Process holder = startHolder();
    holder.destroyForcibly().waitFor();

    assertThat(HomeLock.occupant(new Home(directory))).isEmpty();
    assertThat(HomeLock.broken(new Home(directory)))
        .contains(new Occupant(holder.pid(), Stage.STARTING));
    try (HomeLock _ = HomeLock.take(new Home(directory))) {
      assertThat(Files.readString(directory.resolve(".lock")))
          .startsWith(ProcessHandle.current().pid() + " ");
    }
    assertThat(HomeLock.broken(new Home(directory))).isEmpty();
  }

  @Test
  void shouldNotBeRefusedForSomebodyWhoOnlyAsks() throws Exception {
    Home home = new Home(directory);
    HomeLock.take(home).close();
    Process asking = start(Asker.class);
    try {
      for (int i = 0; i < 200; i++) {
        HomeLock.take(home).close();
      }
    } finally {
      asking.destroyForcibly();
    }
  }

  @Test
  void shouldTakeAFileThatSaysNothingForNoRun() throws Exception {
    Files.writeString(directory.resolve(".lock"), "12 dancing\n");

    assertThat(HomeLock.broken(new Home(directory))).isEmpty();
    assertThat(HomeLock.occupant(new Home(directory))).isEmpty();
  }

  @Test
  void shouldRefuseASecondTimeInOneProcess() throws Exception {
    try (HomeLock _ = HomeLock.take(new Home(directory))) {
      assertThatThrownBy(() -> HomeLock.take(new Home(directory)))
          .isInstanceOf(LaunchException.class);
    }
  }

  @Test
  void shouldSayThatAHomeIsMissing() {
    assertThatThrownBy(() -> HomeLock.take(new Home(directory.resolve("none"))))
        .isInstanceOfSatisfying(
            LaunchException.class, e -> assertThat(e.code()).isEqualTo(ExitCode.HOME));
  }
}
