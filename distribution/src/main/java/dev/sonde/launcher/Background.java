package dev.sonde.launcher;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Starts a device that goes on when the terminal is gone, and ends one wherever it was started.
final class Background {

  private static final Duration START_DEADLINE = Duration.ofMinutes(2);

  /// Longer than the device's own, after which it ends itself.
  private static final Duration STOP_DEADLINE = Duration.ofSeconds(15);

  private static final long PAUSE_MILLIS = 20;

  /// A source that was named is opened when all have started; if that fails, the device ends.
  private static final long SOURCE_MILLIS = 2_000;

  private static final int LAST_LINES = 10;

  private final Home home;
  private final Path distribution;

  Background(Home home, Path distribution) {
    this.home = home;
    this.distribution = distribution;
  }

  /// Starts a device and returns when all its bundles have started.
  int start(Invocation.Run run) throws LaunchException, IOException {
    home.prepare(distribution);
    refuseIfItRuns();
    putFormerOutputAside();
    Process process = launch(run);
    awaitStart(process, run);
    return ExitCode.OK.value;
  }

  private void refuseIfItRuns() throws LaunchException {
    Optional<Occupant> occupant = HomeLock.occupant(home);
    if (occupant.isPresent()) {
      throw new LaunchException(
          ExitCode.IN_USE,
          "Sonde %s on %s already, as %s. Stop it with 'sonde stop', or name another home with"
                  .formatted(
                      occupant.get().stage().words, home.directory(), occupant.get().process())
              + " --home DIR.");
    }
  }

  private void putFormerOutputAside() throws IOException {
    Path output = home.output();
    if (Files.exists(output)) {
      Path former = output.resolveSibling(output.getFileName() + ".1");
      Files.move(output, former, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// In a session of its own, away from the terminal and what is typed there. Events stand in
  /// `log/events.jsonl` already, so that the console need not show them.
  private Process launch(Invocation.Run run) throws IOException {
    List<String> command = new ArrayList<>(List.of(detach()));
    command.add(distribution.resolve("bin").resolve("sonde").toString());
    command.addAll(run.words());
    if (!run.settings().containsKey("logger.console")) {
      command.addAll(List.of("--set", "logger.console="));
    }
    command.addAll(List.of("--home", home.directory().toString()));
    return new ProcessBuilder(command)
        .directory(home.directory().toFile())
        .redirectInput(new File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(home.output().toFile()))
        .start();
  }

  private static String detach() {
    return Files.isExecutable(Path.of("/usr/bin/setsid")) ? "setsid" : "nohup";
  }

  private void awaitStart(Process process, Invocation.Run run) throws LaunchException, IOException {
    long end = System.nanoTime() + START_DEADLINE.toNanos();
    Optional<Stage> stage = stageOf(process);
    while (stage.filter(Stage::isUp).isEmpty()) {
      if (hasEnded(process, PAUSE_MILLIS)) {
        throw ended(process);
      }
      if (System.nanoTime() > end) {
        throw new LaunchException(
            ExitCode.FAILED,
            "Sonde still starts after %d s, as process %d. %s may say why; 'sonde stop' ends it."
                .formatted(START_DEADLINE.toSeconds(), process.pid(), home.output()));
      }
      stage = stageOf(process);
    }
    if (run.sourceRequired() && hasEnded(process, SOURCE_MILLIS)) {
      throw ended(process);
    }
    System.out.printf(
        "Sonde %s on %s, process %d. Its output is in %s; 'sonde console' is its shell.%n",
        stage.orElseThrow().words, home.directory(), process.pid(), home.output());
  }

  /// What stands there may be left of another process, until this one has written.
  private Optional<Stage> stageOf(Process process) throws LaunchException {
    return HomeLock.occupant(home)
        .filter(occupant -> occupant.pid() == process.pid())
        .map(Occupant::stage);
  }

  private LaunchException ended(Process process) throws IOException {
    return new LaunchException(
        ExitCode.of(process.exitValue()),
        "Sonde ended while it started, with exit code %d. The end of %s:\n%s"
            .formatted(process.exitValue(), home.output(), lastLines()));
  }

  private static boolean hasEnded(Process process, long millis) {
    try {
      return process.waitFor(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private String lastLines() throws IOException {
    List<String> lines = Files.readString(home.output(), Charset.defaultCharset()).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
  }

  /// Ends the device and returns when it is gone.
  int stop() throws LaunchException {
    Optional<Occupant> occupant = HomeLock.occupant(home);
    if (occupant.isEmpty()) {
      System.out.printf("No Sonde runs on %s.%n", home.directory());
      return ExitCode.OK.value;
    }
    ProcessHandle process = process(occupant.get());
    if (!process.destroy()) {
      throw new LaunchException(
          ExitCode.FAILED,
          "process %d is another user's: stop it as that user, or as root."
              .formatted(process.pid()));
    }
    if (awaitEnd(STOP_DEADLINE)) {
      System.out.printf("Sonde on %s has stopped.%n", home.directory());
      return ExitCode.OK.value;
    }
    process.destroyForcibly();
    throw new LaunchException(
        ExitCode.FAILED,
        "Sonde on %s, process %d, did not stop for %d s and was killed. Nothing is lost but what it"
                .formatted(home.directory(), process.pid(), STOP_DEADLINE.toSeconds())
            + " had not written yet; its output may say what hung.");
  }

  /// The lock holds, so the process is there; but where this one can see it?
  private ProcessHandle process(Occupant occupant) throws LaunchException {
    return ProcessHandle.of(occupant.pid())
        .filter(Background::isSonde)
        .orElseThrow(
            () ->
                new LaunchException(
                    ExitCode.FAILED,
                    "%s is used by %s, which can not be seen from here: it may run in a container."
                            .formatted(home.directory(), occupant.process())
                        + " Stop it there."));
  }

  private static boolean isSonde(ProcessHandle process) {
    return process
        .info()
        .arguments()
        .map(arguments -> Arrays.asList(arguments).contains(Main.class.getName()))
        .orElse(true);
  }

  private boolean awaitEnd(Duration deadline) throws LaunchException {
    long end = System.nanoTime() + deadline.toNanos();
    while (HomeLock.occupant(home).isPresent()) {
      if (System.nanoTime() > end) {
        return false;
      }
      Pause.millis(PAUSE_MILLIS);
    }
    return true;
  }
}
