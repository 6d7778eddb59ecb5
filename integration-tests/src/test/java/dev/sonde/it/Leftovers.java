package dev.sonde.it;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/// What is left of the versions of bundles that were replaced: class loaders, objects of the bus
/// and the supervisor, threads.
final class Leftovers {

  /// There are as many of these after a thousand swaps as after a few.
  private static final Set<String> COUNTED =
      Set.of(
          "dev.sonde.bridge.Agenda",
          "dev.sonde.bridge.Bus$Question",
          "dev.sonde.bridge.Configurations$Watch",
          "dev.sonde.bridge.EventInbox",
          "dev.sonde.bridge.ForkThread",
          "dev.sonde.bridge.Mailbox",
          "dev.sonde.bridge.ModuleRun",
          "dev.sonde.bridge.QueueReader",
          "dev.sonde.bridge.Ring",
          "dev.sonde.bridge.RingReader",
          "dev.sonde.bridge.RunContext",
          "dev.sonde.bridge.WatchedThread",
          "dev.sonde.supervisor.SupervisedModule",
          "org.apache.felix.framework.BundleWiringImpl",
          "org.apache.felix.framework.ServiceRegistrationImpl");

  private final List<WeakReference<ClassLoader>> versions = new ArrayList<>();
  private SortedMap<String, Long> countsBefore = new TreeMap<>();
  private List<String> threadsBefore = List.of();

  /// A version of a bundle that will be replaced.
  void note(Bundle bundle) {
    versions.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
  }

  /// Waits until of all versions that were noted none is left but those that bundles have now.
  void awaitReplaced(Bundle... present) throws Exception {
    try {
      TestDevice.await(
          "the end of the class loaders of all versions before",
          () -> {
            System.gc();
            return replaced(present).isEmpty();
          });
    } catch (AssertionError failed) {
      throw new AssertionError(failed.getMessage() + "; there are " + replaced(present), failed);
    }
  }

  private List<ClassLoader> replaced(Bundle... present) {
    List<ClassLoader> now =
        Stream.of(present)
            .map(bundle -> bundle.adapt(BundleWiring.class))
            .filter(Objects::nonNull)
            .map(BundleWiring::getClassLoader)
            .toList();
    return versions.stream()
        .map(WeakReference::get)
        .filter(Objects::nonNull)
        .filter(version -> !now.contains(version))
        .toList();
  }

  /// All that is made once has been made.
  void remember() throws Exception {
    countsBefore = count();
    threadsBefore = LiveObjects.threads();
  }

  /// Fails if there is more than was remembered.
  void check() throws Exception {
    // A run that has just ended is still seen by the watch for a moment.
    TestDevice.await("no more objects than " + countsBefore, () -> more().isEmpty());
    TestDevice.await(
        "no more threads than " + threadsBefore,
        () -> {
          List<String> more = new ArrayList<>(LiveObjects.threads());
          threadsBefore.forEach(more::remove);
          return more.isEmpty();
        });
  }

  private SortedMap<String, Long> more() throws Exception {
    SortedMap<String, Long> counts = count();
    counts
        .entrySet()
        .removeIf(now -> now.getValue() <= countsBefore.getOrDefault(now.getKey(), 0L));
    return counts;
  }

  private static SortedMap<String, Long> count() throws Exception {
    SortedMap<String, Long> counts = LiveObjects.count();
    counts.keySet().retainAll(COUNTED);
    return counts;
  }
}
