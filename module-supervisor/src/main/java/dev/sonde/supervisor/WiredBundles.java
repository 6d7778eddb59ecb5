package dev.sonde.supervisor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.BundleRevisions;
import org.osgi.framework.wiring.FrameworkWiring;

/// Which bundles are wired to which, and how they are wired anew.
///
/// The framework's own thread for that stops and starts bundles itself, and if one of them hangs,
/// so does every later update. So it must find them stopped.
final class WiredBundles {

  private static final long REFRESH_SECONDS = 10;

  private final BundleContext context;

  WiredBundles(BundleContext context) {
    this.context = context;
  }

  private FrameworkWiring wiring() {
    return context.getBundle(0).adapt(FrameworkWiring.class);
  }

  static boolean isFragment(Bundle bundle) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
  }

  /// Whether something is still wired to what a bundle held before its update, which mostly is
  /// nothing.
  boolean hasOldWires(Bundle bundle) {
    BundleRevisions revisions = bundle.adapt(BundleRevisions.class);
    return (revisions != null && revisions.getRevisions().size() > 1)
        || wiring().getRemovalPendingBundles().contains(bundle);
  }

  /// A bundle and those that would be wired anew with it; for a fragment, its host too.
  Set<Bundle> affectedBy(Bundle bundle) {
    List<Bundle> changed = new ArrayList<>(List.of(bundle));
    if (isFragment(bundle)) {
      changed.addAll(hostsOf(bundle));
    }
    return wiring().getDependencyClosure(changed).stream()
        .filter(other -> other.getBundleId() != 0 && other.getSymbolicName() != null)
        .collect(Collectors.toSet());
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

  private static boolean isHostOf(BundleRevision host, Bundle fragment) {
    BundleRevision revision = fragment.adapt(BundleRevision.class);
    return revision != null
        && revision.getDeclaredRequirements(BundleRevision.HOST_NAMESPACE).stream()
            .anyMatch(
                requirement ->
                    host.getDeclaredCapabilities(BundleRevision.HOST_NAMESPACE).stream()
                        .anyMatch(requirement::matches));
  }

  /// Takes all wires from bundles and from what is wired to them; waits until that is done.
  void refresh(Collection<Bundle> bundles) throws BundleException, InterruptedException {
    CountDownLatch refreshed = new CountDownLatch(1);
    wiring().refreshBundles(bundles, event -> refreshed.countDown());
    if (!refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
      throw new BundleException(
          "what uses it is still not wired anew after " + REFRESH_SECONDS + " s");
    }
  }

  /// Gives bundles their wires. Those that start at the same time need that: a thread that starts
  /// one of them and resolves another is in the way of the thread that starts the other, and Felix
  /// lets one of the two fail.
  void resolve(Collection<Bundle> bundles) {
    // What can not be resolved says so when it is started.
    var _ = wiring().resolveBundles(bundles);
  }
}
