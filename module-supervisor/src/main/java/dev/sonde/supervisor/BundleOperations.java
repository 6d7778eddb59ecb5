package dev.sonde.supervisor;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.FrameworkWiring;

/// Stops, updates and starts bundles in a way that nothing waits for ever for an activator.
///
/// The framework's own thread for wiring bundles anew stops and starts them itself, and if one of
/// them hangs, so does every later update. Here it finds them stopped.
final class BundleOperations {

  private static final Duration ACTIVATOR_DEADLINE = Duration.ofSeconds(5);
  private static final long REFRESH_SECONDS = 10;
  private static final int START_LEVEL = 60;

  private final BundleContext context;
  private final Supervisor supervisor;

  BundleOperations(BundleContext context, Supervisor supervisor) {
    this.context = context;
    this.supervisor = supervisor;
    // For all that is installed from now on. To set it for each bundle would be left to the
    // framework's only thread for start levels, which an activator that hangs would hold.
    context.getBundle(0).adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(START_LEVEL);
  }

  /// Installs a jar, without starting it.
  Bundle install(String location, Path jar) throws Exception {
    try (InputStream content = Files.newInputStream(jar)) {
      return context.installBundle(location, content);
    }
  }

  /// Replaces what a bundle holds and starts it, without losing what waits for its module or for
  /// those that are wired to it.
  void replace(Bundle bundle, Optional<Path> jar, Bounded.Work start) throws Exception {
    Set<Bundle> affected = affected(bundle);
    Set<String> names = affected.stream().map(Bundle::getSymbolicName).collect(Collectors.toSet());
    supervisor.update(
        names,
        () -> {
          List<Bundle> stopped = new ArrayList<>();
          try {
            stop(affected, bundle, stopped);
            // It would wait for ever for a bundle that some activator holds.
            Bounded.run(
                "the update of " + bundle.getSymbolicName(),
                ACTIVATOR_DEADLINE,
                () -> update(bundle, jar));
            refresh(bundle);
            start.run();
          } finally {
            restart(stopped);
          }
        });
  }

  private static void update(Bundle bundle, Optional<Path> jar) throws Exception {
    if (jar.isEmpty()) {
      bundle.update();
      return;
    }
    try (InputStream content = Files.newInputStream(jar.get())) {
      bundle.update(content);
    }
  }

  /// A bundle and those that would be wired anew with it; for a fragment, its host too.
  private Set<Bundle> affected(Bundle bundle) {
    List<Bundle> changed = new ArrayList<>(List.of(bundle));
    if (isFragment(bundle)) {
      changed.addAll(hostsOf(bundle));
    }
    return wiring().getDependencyClosure(changed).stream()
        .filter(other -> other.getBundleId() != 0 && other.getSymbolicName() != null)
        .collect(Collectors.toSet());
  }

  /// Stops those that run.
  ///
  /// @param stopped takes them in, also if a later one does not stop, but for the one that is
  ///     updated
  private static void stop(Set<Bundle> affected, Bundle updated, List<Bundle> stopped)
      throws Exception {
    for (Bundle bundle : affected) {
      if (bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING) {
        Bounded.run(
            "the activator of " + bundle.getSymbolicName(),
            ACTIVATOR_DEADLINE,
            () -> bundle.stop(Bundle.STOP_TRANSIENT));
        if (!bundle.equals(updated)) {
          stopped.add(bundle);
        }
      }
    }
  }

  private static void restart(List<Bundle> stopped) throws Exception {
    for (Bundle bundle : stopped) {
      start(bundle, Bundle.START_TRANSIENT);
    }
  }

  /// Wires anew whatever is wired to the bundle's old content, which mostly is nothing.
  private void refresh(Bundle bundle) throws Exception {
    if (!isInUse(bundle)) {
      return;
    }
    CountDownLatch refreshed = new CountDownLatch(1);
    wiring().refreshBundles(List.of(bundle), event -> refreshed.countDown());
    if (!refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
      throw new BundleException(
          "what uses it is still not wired anew after " + REFRESH_SECONDS + " s");
    }
  }

  private boolean isInUse(Bundle bundle) {
    BundleRevisions revisions = bundle.adapt(BundleRevisions.class);
    return wiring().getRemovalPendingBundles().contains(bundle)
        || (revisions != null && revisions.getRevisions().size() > 1)
        || isFragment(bundle);
  }

  static boolean isFragment(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  /// Starts a bundle; a fragment has nothing to start.
  ///
  /// @param options as the framework has them
  static void start(Bundle bundle, int options) throws Exception {
    if (!isFragment(bundle)) {
      Bounded.run(
          "the activator of " + bundle.getSymbolicName(),
          ACTIVATOR_DEADLINE,
          () -> bundle.start(options));
    }
  }

  /// Attaches a fragment that is new to its host, which is started anew if it runs.
  void attach(Bundle fragment) throws Exception {
    Set<Bundle> affected = affected(fragment);
    supervisor.update(
        affected.stream().map(Bundle::getSymbolicName).collect(Collectors.toSet()),
        () -> {
          List<Bundle> stopped = new ArrayList<>();
          try {
            stop(affected, fragment, stopped);
            refreshAll(affected);
          } finally {
            restart(stopped);
          }
        });
  }

  private List<Bundle> hostsOf(Bundle fragment) {
    return Arrays.stream(context.getBundles())
        .filter(
            host -> {
              BundleRevision revision = host.adapt(BundleRevision.class);
              return revision != null && isHostOf(revision, fragment);
            })
        .toList();
  }

  private void refreshAll(Set<Bundle> bundles) throws Exception {
    CountDownLatch refreshed = new CountDownLatch(1);
    wiring().refreshBundles(bundles, event -> refreshed.countDown());
    if (!refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
      throw new BundleException("its host is still not wired anew after " + REFRESH_SECONDS + " s");
    }
  }

  private static boolean isHostOf(BundleRevision host, Bundle fragment) {
    BundleRevision revision = fragment.adapt(BundleRevision.class);
    return revision != null
        && revision.getDeclaredRequirements(BundleRevision.HOST_NAMESPACE).stream()
            .anyMatch(
                requirement ->
                    host.getDeclaredCapabilities(BundleRevision.HOST_NAMESPACE).stream()
                        .anyMatch(requirement::matches));
  }

  /// Uninstalls a bundle and lets go of what was wired to it.
  void uninstall(Bundle bundle) throws Exception {
    Set<Bundle> affected = affected(bundle);
    boolean fragment = isFragment(bundle);
    List<Bundle> others = new ArrayList<>();
    Set<String> names =
        affected.stream()
            .filter(other -> !other.equals(bundle))
            .map(Bundle::getSymbolicName)
            .collect(Collectors.toSet());
    supervisor.update(
        names,
        () -> {
          stop(affected, bundle, others);
          Bounded.run(
              "the activator of " + bundle.getSymbolicName(),
              ACTIVATOR_DEADLINE,
              bundle::uninstall);
          if (!others.isEmpty() || fragment) {
            refreshAll(affected);
          }
          for (Bundle other : others) {
            startIfPossible(other);
          }
        });
  }

  /// What needed a bundle that is gone waits for another one.
  private static void startIfPossible(Bundle bundle) throws Exception {
    try {
      start(bundle, Bundle.START_TRANSIENT);
    } catch (BundleException e) {
      if (e.getType() != BundleException.RESOLVE_ERROR) {
        throw e;
      }
    }
  }

  private FrameworkWiring wiring() {
    return context.getBundle(0).adapt(FrameworkWiring.class);
  }
}
