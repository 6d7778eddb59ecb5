package dev.sonde.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Tells systemd how the device is, in the lines of sd_notify(3), if systemd has started it:
/// `NOTIFY_SOCKET` says where to, `WATCHDOG_USEC` how long it may be silent.
final class ServiceManager {

  private static final long NANOS_PER_MICRO = 1_000;

  private final @Nullable NotifySocket socket;
  private final Optional<Duration> watchdog;
  private volatile boolean stopping;

  private ServiceManager(@Nullable NotifySocket socket, Optional<Duration> watchdog) {
    this.socket = socket;
    this.watchdog = watchdog;
  }

  static ServiceManager ofEnvironment() {
    return of(System.getenv(), ProcessHandle.current().pid());
  }

  static ServiceManager of(Map<String, String> environment, long pid) {
    String address = environment.get("NOTIFY_SOCKET");
    if (address == null || address.isEmpty()) {
      return new ServiceManager(null, Optional.empty());
    }
    try {
      return new ServiceManager(NotifySocket.at(address), watchdog(environment, pid));
    } catch (IOException | UnsupportedOperationException e) {
      System.err.println("sonde: systemd is told nothing: " + e.getMessage());
      return new ServiceManager(null, Optional.empty());
    }
  }

  /// As sd_watchdog_enabled(3): it may be meant for another process that handed its variables on.
  private static Optional<Duration> watchdog(Map<String, String> environment, long pid) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    String meant = environment.getOrDefault("WATCHDOG_PID", Long.toString(pid));
    return micros.matches("[1-9]\\d{0,14}") && meant.equals(Long.toString(pid))
        ? Optional.of(Duration.ofNanos(Long.parseLong(micros) * NANOS_PER_MICRO))
        : Optional.empty();
  }

  /// The device starts.
  void starting() {
    tell("STATUS=Starting");
  }

  /// The device has started.
  ///
  /// @param alive asked twice in the time for which systemd waits; while it says no, or does not
  ///     come back, systemd hears nothing. Called on a thread of its own
  void ready(Stage stage, BooleanSupplier alive) {
    tell("READY=1\nSTATUS=" + status(stage));
    if (socket != null) {
      watchdog.ifPresent(
          limit ->
              Thread.ofPlatform()
                  .daemon()
                  .name("sonde-service-watchdog")
                  .start(() -> feed(limit.dividedBy(2), stage, alive)));
    }
  }

  private static String status(Stage stage) {
    return stage == Stage.SAFE_MODE
        ? "Runs in SAFE MODE, without deploy/: 'sonde doctor' says why"
        : "Runs";
  }

  /// When the device does not live up to its name, systemd's patience ends after the whole limit.
  private void feed(Duration period, Stage stage, BooleanSupplier alive) {
    boolean was = true;
    long due = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      boolean is = alive.getAsBoolean();
      if (stopping) {
        return;
      } else if (is) {
        tell(was ? "WATCHDOG=1" : "WATCHDOG=1\nSTATUS=" + status(stage));
      } else if (was) {
        System.err.println("sonde: the bus does not deliver; systemd's watchdog is not fed");
        tell("STATUS=The bus does not deliver");
      }
      was = is;
      due = Math.max(due + period.toNanos(), System.nanoTime());
      Pause.millis(Duration.ofNanos(due - System.nanoTime()).toMillis());
    }
  }

  /// The device stops.
  void stopping() {
    stopping = true;
    tell("STOPPING=1\nSTATUS=Stopping");
  }

  private void tell(String lines) {
    if (socket == null) {
      return;
    }
    try {
      socket.send(lines);
    } catch (IOException e) {
      System.err.println("sonde: systemd was not told " + lines + ": " + e.getMessage());
    }
  }
}
