package dev.sonde.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.BundleException;

/// The run of a device in this process, from its first line on the screen to its end.
final class DeviceRun {

  private static final Duration STOP_DEADLINE = Duration.ofSeconds(5);

  private final Home home;
  private final Path distribution;
  private final HomeLock lock;
  private final boolean terminal;
  private final Boots boots;
  private final ServiceManager manager = ServiceManager.ofEnvironment();
  private final ExitRequest exit = new ExitRequest();
  private boolean stopped;

  /// @param home is there, and nobody else's as long as the lock is held
  /// @param terminal whether the shell runs on a terminal
  DeviceRun(Home home, Path distribution, HomeLock lock, boolean terminal) {
    this.home = home;
    this.distribution = distribution;
    this.lock = lock;
    this.terminal = terminal;
    this.boots = Boots.begin(home);
  }

  /// Runs it.
  ///
  /// @return the exit code, when somebody wanted it to end and it has
  int run(Invocation.Run asked) throws BundleException, IOException {
    var console = new Console();
    console.install();
    System.out.println(Words.banner(home, terminal));
    manager.starting();
    warnOfSafeMode();
    Device device = Device.create(properties(asked));
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("sonde-stop").unstarted(() -> stop(device)));
    device.offer(exit, console);
    device.start(distribution.resolve("system"), terminal, home.stopped());
    lock.note(boots.stage());
    boots.watch(Boots.GOOD);
    manager.ready(boots.stage(), device::isAlive);
    Thread.ofPlatform().daemon().name("sonde-end").start(() -> endWith(device));
    int code = exit.await();
    // Not with the JVM: JLine would then take the terminal from a shell that still reads it.
    stop(device);
    return code;
  }

  private void warnOfSafeMode() {
    if (boots.isSafeMode()) {
      System.err.println(Words.safeMode(boots.before(), home.deployed()));
    }
  }

  private Map<String, String> properties(Invocation.Run asked) {
    var properties = new HashMap<>(Settings.of(asked, home, distribution, terminal));
    if (boots.isSafeMode()) {
      properties.put("sonde.safe-mode", "true");
      properties.put("sonde.broken-runs", Integer.toString(boots.before()));
    }
    return properties;
  }

  private void endWith(Device device) {
    try {
      device.awaitEnd();
      exit.accept(ExitCode.OK.value);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The way out for all: a bundle's wish, a framework that was stopped, a signal. The JVM ends
  /// when this returns, after SIGTERM with 143, after SIGINT with 130. Who comes second waits.
  private synchronized void stop(Device device) {
    if (stopped) {
      return;
    }
    stopped = true;
    boolean inOrder = exit.isAsked() || endedBySignal();
    if (!inOrder) {
      System.err.println("sonde: ended from inside, " + culprit().orElse("by System.exit"));
    }
    lock.note(Stage.STOPPING);
    manager.stopping();
    try {
      device.stop(STOP_DEADLINE);
      System.out.print(terminal ? Words.END_OF_PROMPT : "");
      System.out.flush();
      if (inOrder) {
        boots.good();
      }
      lock.close();
    } catch (BundleException | IOException e) {
      System.err.println("sonde: could not stop in order: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The JVM handles each signal on a thread that is named after it, and that waits for the end.
  private static boolean endedBySignal() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().matches("SIG[A-Z]+ handler"));
  }

  /// Who called `System.exit`, if it was a platform thread.
  private static Optional<String> culprit() {
    return Thread.getAllStackTraces().values().stream()
        .filter(stack -> Arrays.stream(stack).anyMatch(DeviceRun::isExit))
        .flatMap(Stream::of)
        .filter(frame -> frame.getModuleName() == null)
        .findFirst()
        .map(frame -> "by System.exit at " + frame);
  }

  private static boolean isExit(StackTraceElement frame) {
    return frame.getClassName().equals("java.lang.Runtime") && frame.getMethodName().equals("exit");
  }
}
