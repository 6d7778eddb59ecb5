package dev.sonde.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// Counts the runs in a row that broke off: that neither ended in order nor lasted for a while.
/// After several of them the next one is in safe mode: without `deploy/`, from where what breaks
/// it most likely came.
final class Boots {

  /// So many lead to safe mode.
  static final int TOO_MANY = 3;

  /// A run that lasts so long has not broken off.
  static final Duration GOOD = Duration.ofMinutes(1);

  private final Path file;
  private final int brokenOff;
  private final AtomicBoolean good = new AtomicBoolean();

  private Boots(Path file, int brokenOff) {
    this.file = file;
    this.brokenOff = brokenOff;
  }

  /// A run begins; until it is known to be good it counts as broken off.
  static Boots begin(Home home) {
    Path file = home.bootCount();
    int before = brokenOff(home);
    write(file, before + 1);
    return new Boots(file, before);
  }

  /// How many runs in a row have broken off; one that is under way counts.
  static int brokenOff(Home home) {
    try {
      return Integer.parseInt(Files.readString(home.bootCount(), US_ASCII).strip());
    } catch (IOException | NumberFormatException e) {
      // There was none yet, or the file is no good: then nothing is known against the device.
      return 0;
    }
  }

  /// How many had broken off before this one.
  int before() {
    return brokenOff;
  }

  boolean isSafeMode() {
    return brokenOff >= TOO_MANY;
  }

  Stage stage() {
    return isSafeMode() ? Stage.SAFE_MODE : Stage.RUNNING;
  }

  /// The run has turned out well.
  void good() {
    if (!good.getAndSet(true)) {
      write(file, 0);
    }
  }

  /// Sees to it that the run is a good one when it has lasted.
  void watch(Duration lasting) {
    Thread.ofPlatform()
        .daemon()
        .name("sonde-boot")
        .start(
            () -> {
              Pause.millis(lasting.toMillis());
              good();
            });
  }

  /// All at once, so that a loss of power leaves the old count or the new one. A disk that is full
  /// keeps no device from starting.
  private static void write(Path file, int count) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, count + "\n", US_ASCII);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      System.err.println("sonde: runs can not be counted for safe mode: " + e);
    }
  }
}
