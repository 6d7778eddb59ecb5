package dev.sonde.launcher;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Says whether the device runs. The exit codes are those of the Linux Standard Base for the
/// `status` of a service (LSB 5.0, 22.2).
final class Status {

  private static final int RUNS = 0;
  private static final int BROKE_OFF = 1;
  private static final int DOES_NOT_RUN = 3;
  private static final int UNKNOWN = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private final Home home;

  Status(Home home) {
    this.home = home;
  }

  /// @return the exit code
  int print() throws LaunchException {
    Optional<Occupant> occupant = HomeLock.occupant(home);
    return occupant.isPresent() ? running(occupant.get()) : notRunning();
  }

  private int running(Occupant occupant) {
    System.out.printf(
        "Sonde %s on %s, %s%s.%n",
        occupant.stage().words, home.directory(), occupant.process(), since(occupant));
    return occupant.stage().isUp() ? modules(occupant) : RUNS;
  }

  private static String since(Occupant occupant) {
    return ProcessHandle.of(occupant.pid())
        .flatMap(process -> process.info().startInstant())
        .map(start -> ", since " + TIME.format(start.truncatedTo(ChronoUnit.SECONDS)))
        .orElse("");
  }

  /// A device that hangs as a whole takes the question and never answers.
  private int modules(Occupant occupant) {
    var answer = new CompletableFuture<Integer>();
    Thread.ofPlatform().daemon().name("sonde-status").start(() -> ask(answer));
    try {
      return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS) == 0 ? RUNS : UNKNOWN;
    } catch (TimeoutException e) {
      System.err.printf(
          "sonde: it has not answered for %d s. 'jcmd %d Thread.print' shows where it hangs,"
              + " 'sonde stop' ends it.%n",
          PATIENCE.toSeconds(), occupant.pid());
      return UNKNOWN;
    } catch (ExecutionException e) {
      System.err.println("sonde: it could not be asked: " + e.getMessage());
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }

  private void ask(CompletableFuture<Integer> answer) {
    try {
      answer.complete(new ExecClient(home).run("module:list", System.out, System.err));
    } catch (LaunchException e) {
      System.err.println("sonde: " + e.getMessage());
      answer.complete(UNKNOWN);
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private int notRunning() throws LaunchException {
    Optional<Occupant> broken = HomeLock.broken(home);
    System.out.printf("No Sonde runs on %s.%n", home.directory());
    if (broken.isEmpty()) {
      return DOES_NOT_RUN;
    }
    System.out.print(Doctor.brokenOff(broken.get(), Boots.brokenOff(home)));
    return BROKE_OFF;
  }
}
