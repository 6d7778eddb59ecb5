package dev.sonde.supervisor;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Bundle;

/// Finds threads that run a bundle's code beside its module: forks, those that it made itself, and
/// those that it did not end. Virtual threads can not be listed.
final class ModuleThreads {

  private ModuleThreads() {}

  /// The platform threads, and where each is in the bundle's code; none while the bundle is being
  /// updated or uninstalled.
  static Map<Thread, StackTraceElement> of(Bundle bundle) {
    Map<Thread, StackTraceElement> found =
        new TreeMap<>(Comparator.comparing(Thread::getName).thenComparingLong(Thread::threadId));
    try {
      Thread.getAllStackTraces()
          .forEach(
              (thread, stack) -> place(bundle, stack).ifPresent(frame -> found.put(thread, frame)));
    } catch (RuntimeException e) {
      // Felix has closed the old content and not yet opened the new one, which it tells by a
      // NullPointerException; of an uninstalled bundle, by an IllegalStateException.
      return Map.of();
    }
    return found;
  }

  private static Optional<StackTraceElement> place(Bundle bundle, StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(frame -> frame.getModuleName() == null)
        .filter(frame -> bundle.getEntry(frame.getClassName().replace('.', '/') + ".class") != null)
        .findFirst();
  }
}
