package dev.sonde.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Says what is wrong: the device itself if it runs, else what its home directory shows.
final class Doctor {

  private final Home home;

  Doctor(Home home) {
    this.home = home;
  }

  /// @return 0 if a device runs and could be asked, else 1
  int print() throws LaunchException, IOException {
    if (HomeLock.occupant(home).isPresent()) {
      return new ExecClient(home).run("doctor", System.out, System.err);
    }
    System.out.printf("No Sonde runs on %s.%n  -> sonde start, or sonde run%n", home.directory());
    Optional<Occupant> broken = HomeLock.broken(home);
    if (broken.isPresent()) {
      System.out.print(brokenOff(broken.get(), Boots.brokenOff(home)));
    }
    printRefused(home.directory().resolve("quarantine"));
    return ExitCode.FAILED.value;
  }

  private static void printRefused(Path quarantine) throws IOException {
    if (Files.isDirectory(quarantine)) {
      try (var reasons = Files.newDirectoryStream(quarantine, "*.reason.txt")) {
        for (Path reason : reasons) {
          System.out.print(Files.readString(reason));
        }
      }
    }
  }

  /// What is said of a run that did not end in order.
  ///
  /// @param runs how many in a row broke off soon after their start
  static String brokenOff(Occupant former, int runs) {
    String last =
        "The last run, %s, did not end in order: killed, crashed, or without power while it %s.%n"
            .formatted(former.process(), former.stage().words.replaceFirst("^is", "was"));
    return switch (runs) {
      case 0, 1 -> last;
      default ->
          runs < Boots.TOO_MANY
              ? last
                  + "So did the last %d. After %d, deploy/ is left alone.%n"
                      .formatted(runs, Boots.TOO_MANY)
              : last
                  + "So did the last %d: the next one leaves deploy/ alone (safe mode).%n"
                      .formatted(runs);
    };
  }
}
