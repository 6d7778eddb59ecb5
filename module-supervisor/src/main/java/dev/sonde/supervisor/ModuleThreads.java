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

  /// The platform threads, and where each is in the bundle's code.
  static Map<Thread, StackTraceElement> of(Bundle bundle) {
    Map<Thread, StackTraceElement> found =
        new TreeMap<>(Comparator.comparing(Thread::getName).thenComparingLong(Thread::threadId));
    if (bundle.getState() != Bundle.UNINSTALLED) {
      Thread.getAllStackTraces()
          .forEach(
              (thread, stack) -> {
                place(bundle, stack).ifPresent(frame -> found.put(thread, frame));
              });
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
