package dev.sonde.supervisor;

import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/// Installs, replaces, starts and uninstalls bundles in a way that nothing waits for ever for an
/// activator.
final class BundleOperations {

  private static final Duration ACTIVATOR_DEADLINE = Duration.ofSeconds(5);
  private static final int START_LEVEL = 60;

  private final BundleContext context;
  private final Supervisor supervisor;
  private final WiredBundles wires;

  BundleOperations(BundleContext context, Supervisor supervisor) {
    this.context = context;
    this.supervisor = supervisor;
    this.wires = new WiredBundles(context);
    // For all that is installed from now on. To set it for each bundle would be left to the
    // framework's only thread for start levels, which an activator that hangs would hold.
    context.getBundle(0).adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(START_LEVEL);
  }

  /// Something that calls a bundle's activator.
  static Bounded.Step activationOf(Bundle bundle, Bounded.Work work) {
    return new Bounded.Step(
        "the activator of " + bundle.getSymbolicName(), ACTIVATOR_DEADLINE, work);
  }

  /// An update would wait for ever for a bundle that some activator holds.
  static Bounded.Step updateOf(Bundle bundle, Bounded.Work work) {
    return new Bounded.Step("the update of " + bundle.getSymbolicName(), ACTIVATOR_DEADLINE, work);
  }

  private static void run(Bounded.Step step) throws Exception {
    Bounded.begin(List.of(step)).await();
  }

  /// Installs a jar, without starting it.
  Bundle install(String location, Path jar) throws Exception {
    try (InputStream content = Files.newInputStream(jar)) {
      return context.installBundle(location, content);
    }
  }

  /// Replaces what a bundle holds and starts it, without losing what waits for its module or for
  /// those that are wired to it.
  ///
  /// @param jar what it holds from now on; if none, what its location says
  /// @param start whether it is to run then
  void replace(Bundle bundle, Optional<Path> jar, boolean start) throws Exception {
    Set<Bundle> affected = wires.affectedBy(bundle);
    // Opened while the old content still runs.
    try (InputStream content = jar.isPresent() ? new FileInputStream(jar.get().toFile()) : null) {
      supervisor.update(
          names(affected), () -> new Replacement(wires, bundle, affected).run(content, start));
    }
  }

  private static Set<String> names(Collection<Bundle> bundles) {
    return bundles.stream().map(Bundle::getSymbolicName).collect(Collectors.toSet());
  }

  /// Starts a bundle; a fragment has nothing to start.
  ///
  /// @param options as the framework has them
  static void start(Bundle bundle, int options) throws Exception {
    if (!WiredBundles.isFragment(bundle)) {
      run(activationOf(bundle, () -> bundle.start(options)));
    }
  }

  /// Stops those that run.
  ///
  /// @param stopped takes them in, also if a later one does not stop, but for the one that changes
  private static void stop(Set<Bundle> affected, Bundle changed, List<Bundle> stopped)
      throws Exception {
    for (Bundle bundle : affected) {
      if (bundle.getState() == Bundle.ACTIVE || bundle.getState() == Bundle.STARTING) {
        run(activationOf(bundle, () -> bundle.stop(Bundle.STOP_TRANSIENT)));
        if (!bundle.equals(changed)) {
          stopped.add(bundle);
        }
      }
    }
  }

  /// Attaches a fragment that is new to its host, which is started anew if it runs.
  void attach(Bundle fragment) throws Exception {
    Set<Bundle> affected = wires.affectedBy(fragment);
    supervisor.update(
        names(affected),
        () -> {
          List<Bundle> stopped = new ArrayList<>();
          try {
            stop(affected, fragment, stopped);
            wires.refresh(affected);
          } finally {
            for (Bundle bundle : stopped) {
              start(bundle, Bundle.START_TRANSIENT);
            }
          }
        });
  }

  /// Uninstalls a bundle and lets go of what was wired to it.
  void uninstall(Bundle bundle) throws Exception {
    Set<Bundle> affected = wires.affectedBy(bundle);
    boolean fragment = WiredBundles.isFragment(bundle);
    List<Bundle> others = new ArrayList<>();
    Set<String> names = names(affected);
    names.remove(bundle.getSymbolicName());
    supervisor.update(
        names,
        () -> {
          stop(affected, bundle, others);
          run(activationOf(bundle, bundle::uninstall));
          if (!others.isEmpty() || fragment) {
            wires.refresh(affected);
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
}
