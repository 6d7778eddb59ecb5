package dev.sonde.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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

  private Process startHolder() throws IOException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.inputReader().readLine()).isEqualTo("taken");
    return process;
  }

  @Test
  void shouldWriteItsProcessId() throws Exception {
    try (HomeLock _ = HomeLock.take(new Home(directory))) {
      assertThat(Files.readString(directory.resolve(".lock")))
          .isEqualTo(ProcessHandle.current().pid() + "\n");
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
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void shouldNotBeHeldUpByAProcessThatWasKilled() throws Exception {
    Process holder = startHolder();
    holder.destroyForcibly().waitFor();

    try (HomeLock _ = HomeLock.take(new Home(directory))) {
      assertThat(Files.readString(directory.resolve(".lock")).strip())
          .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }
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
