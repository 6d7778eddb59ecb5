package dev.sonde.launcher;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;

/// Ends a process whose shutdown hangs, and says what hung.
final class Watchdog {

  private static final int FRAMES = 12;

  private Watchdog() {}

  /// Halts the process if it is still there after the deadline.
  static void guard(Framework framework, Duration deadline) {
    Thread.ofPlatform()
        .daemon()
        .name("sonde-watchdog")
        .start(
            () -> {
              try {
                Thread.sleep(deadline);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
              }
              System.err.printf(
                  "sonde: not stopped within %d s: %s%n",
                  deadline.toSeconds(), whatHangs(framework));
              System.err.flush();
              Runtime.getRuntime().halt(ExitCode.FAILED.value);
            });
  }

  private static String whatHangs(Framework framework) {
    return stopping(framework).orElse("the framework") + stopThread().orElse("");
  }

  private static Optional<String> stopping(Framework framework) {
    BundleContext context = framework.getBundleContext();
    if (context == null) {
      return Optional.empty();
    }
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getBundleId() != 0 && bundle.getState() == Bundle.STOPPING)
        .map(bundle -> "bundle " + bundle.getSymbolicName() + " hangs while it stops")
        .findFirst();
  }

  private static Optional<String> stopThread() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> stopsBundle(entry.getValue()))
        .findFirst()
        .map(Watchdog::describe);
  }

  /// Not the thread that only waits until the start level has gone down.
  private static boolean stopsBundle(StackTraceElement[] stack) {
    return has(stack, "stopBundle") && !has(stack, "setStartLevelAndWait");
  }

  private static boolean has(StackTraceElement[] stack, String method) {
    return Arrays.stream(stack)
        .anyMatch(
            frame ->
                frame.getMethodName().equals(method)
                    && frame.getClassName().startsWith("org.apache.felix.framework."));
  }

  private static String describe(Map.Entry<Thread, StackTraceElement[]> entry) {
    return Arrays.stream(entry.getValue())
        .limit(FRAMES)
        .map(frame -> "\n    at " + frame)
        .collect(Collectors.joining("", ", in thread " + entry.getKey().getName(), ""));
  }
}
