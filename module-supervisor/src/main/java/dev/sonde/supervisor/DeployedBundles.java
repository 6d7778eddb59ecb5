package dev.sonde.supervisor;

import dev.sonde.event.module.JarAccepted.Action;
import dev.sonde.supervisor.DeployedJar.Unusable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bundles that came from the deploy folder. Of each it keeps the last jar that started, and
/// puts it back if a newer one does not.
final class DeployedBundles {

  private static final Logger LOG = LoggerFactory.getLogger(DeployedBundles.class);
  private static final String LOCATION = "deploy:";
  private static final int START_LEVEL = 60;
  private static final long REFRESH_SECONDS = 10;

  private final BundleContext context;
  private final Supervisor supervisor;
  private final Path lastGood;
  private final Map<String, DeployedJar> jarOf = new ConcurrentHashMap<>();

  DeployedBundles(BundleContext context, Supervisor supervisor, Path lastGood) {
    this.context = context;
    this.supervisor = supervisor;
    this.lastGood = lastGood;
    forgetFormerRun();
  }

  /// The framework begins empty, and so does what it could fall back to.
  private void forgetFormerRun() {
    try (Stream<Path> former = Files.list(lastGood)) {
      for (Path jar : former.toList()) {
        Files.delete(jar);
      }
    } catch (IOException e) {
      LOG.warn("{} could not be cleared: {}", lastGood, e.toString());
    }
  }

  /// Installs a jar, or updates the bundle of the same symbolic name with it, and starts it.
  ///
  /// @throws Unusable if that is not possible; what ran before runs again
  Action deploy(String file, Path path, DeployedJar jar) throws Unusable {
    Bundle existing = find(jar.symbolicName());
    if (existing == null) {
      install(path, jar);
    } else {
      refuseIfPlatform(existing);
      refuseIfOlder(file, jar, existing);
      update(path, jar, existing);
    }
    // Only now: had this jar been refused, what the file held before would have gone on running.
    DeployedJar before = jarOf.get(file);
    if (before != null && !before.sameBundle(jar)) {
      var _ = undeploy(file);
    }
    jarOf.values().removeIf(jar::sameBundle);
    jarOf.put(file, jar);
    return existing == null ? Action.INSTALLED : Action.UPDATED;
  }

  private @Nullable Bundle find(String symbolicName) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElse(null);
  }

  /// What the device itself stands on is replaced by installing another Sonde.
  private void refuseIfPlatform(Bundle existing) throws Unusable {
    boolean ours = existing.getLocation().startsWith(LOCATION);
    if (!ours
        && (existing.equals(context.getBundle()) || !ModuleBundles.declaresModule(existing))) {
      throw new Unusable(
          existing.getSymbolicName() + " belongs to the platform and can not be replaced here",
          "give your bundle another symbolic name",
          false);
    }
  }

  private void refuseIfOlder(String file, DeployedJar jar, Bundle existing) throws Unusable {
    for (Map.Entry<String, DeployedJar> other : jarOf.entrySet()) {
      if (!other.getKey().equals(file)
          && other.getValue().sameBundle(jar)
          && jar.version().compareTo(existing.getVersion()) <= 0) {
        throw new Unusable(
            jar.symbolicName()
                + " "
                + jar.version()
                + " is not newer than "
                + existing.getVersion()
                + " of "
                + other.getKey(),
            "remove " + other.getKey() + " first, or raise the version",
            false);
      }
    }
  }

  private void install(Path path, DeployedJar jar) throws Unusable {
    try (InputStream content = Files.newInputStream(path)) {
      Bundle bundle = context.installBundle(LOCATION + jar.symbolicName(), content);
      try {
        bundle.adapt(BundleStartLevel.class).setStartLevel(START_LEVEL);
        start(bundle);
        keep(path, jar);
      } catch (Exception e) {
        uninstall(bundle);
        throw e;
      }
    } catch (BundleException e) {
      throw refused(e);
    } catch (IOException e) {
      throw unreadable(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void update(Path path, DeployedJar jar, Bundle bundle) throws Unusable {
    try {
      supervisor.update(dependents(bundle), () -> replace(bundle, path));
      keep(path, jar);
    } catch (BundleException e) {
      restore(bundle);
      throw refused(e);
    } catch (IOException e) {
      restore(bundle);
      throw unreadable(e);
    } catch (Exception e) {
      restore(bundle);
      throw new IllegalStateException(e);
    }
  }

  private void replace(Bundle bundle, Path path) throws Exception {
    bundle.stop(Bundle.STOP_TRANSIENT);
    try (InputStream content = Files.newInputStream(path)) {
      bundle.update(content);
    }
    refresh(bundle);
    start(bundle);
  }

  /// Starts a bundle, and waits until its module runs.
  ///
  /// @throws BundleException if it does not
  private void start(Bundle bundle) throws Exception {
    if (bundle.getHeaders().get("Fragment-Host") != null) {
      return;
    }
    Optional<String> failure = supervisor.tryOut(bundle.getSymbolicName(), bundle::start);
    if (failure.isPresent()) {
      throw new BundleException(failure.get(), BundleException.ACTIVATOR_ERROR);
    }
  }

  /// The symbolic names of a bundle and of all that are wired to it: a refresh stops and starts
  /// them too.
  private Set<String> dependents(Bundle bundle) {
    return context
        .getBundle(0)
        .adapt(FrameworkWiring.class)
        .getDependencyClosure(List.of(bundle))
        .stream()
        .map(Bundle::getSymbolicName)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /// Wires anew whatever is wired to the bundle's old content.
  private void refresh(Bundle bundle) {
    CountDownLatch refreshed = new CountDownLatch(1);
    context
        .getBundle(0)
        .adapt(FrameworkWiring.class)
        .refreshBundles(List.of(bundle), event -> refreshed.countDown());
    try {
      if (!refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("What uses {} is still not wired anew after {} s", bundle, REFRESH_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep(Path path, DeployedJar jar) {
    try {
      Files.copy(path, kept(jar.symbolicName()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("No copy of {} could be kept to fall back to: {}", path, e.toString());
    }
  }

  private Path kept(String symbolicName) {
    return lastGood.resolve(symbolicName + ".jar");
  }

  /// The last good jar that came under a file name, if one did and it is still installed.
  Optional<Path> lastGood(String file) {
    return Optional.ofNullable(jarOf.get(file))
        .map(jar -> kept(jar.symbolicName()))
        .filter(Files::exists);
  }

  private void restore(Bundle bundle) {
    Path good = kept(bundle.getSymbolicName());
    try {
      supervisor.update(
          dependents(bundle),
          () -> {
            if (Files.exists(good)) {
              replace(bundle, good);
            } else {
              restoreShipped(bundle);
            }
          });
    } catch (Exception e) {
      LOG.error("{} could not be put back to its last good version", bundle, e);
    }
  }

  private void restoreShipped(Bundle bundle) throws BundleException {
    if (!bundle.getLocation().startsWith(LOCATION)) {
      bundle.stop(Bundle.STOP_TRANSIENT);
      bundle.update();
      refresh(bundle);
      bundle.start();
    }
  }

  /// Takes back what a file brought.
  ///
  /// @return what it was, if anything
  Optional<DeployedJar> undeploy(String file) {
    DeployedJar jar = jarOf.remove(file);
    Bundle bundle = jar == null ? null : find(jar.symbolicName());
    if (jar == null || bundle == null) {
      return Optional.empty();
    }
    try {
      Files.deleteIfExists(kept(jar.symbolicName()));
      if (bundle.getLocation().startsWith(LOCATION)) {
        uninstall(bundle);
      } else {
        supervisor.update(dependents(bundle), () -> restoreShipped(bundle));
      }
    } catch (Exception e) {
      LOG.warn("{} could not be taken back", bundle, e);
    }
    return Optional.of(jar);
  }

  private void uninstall(Bundle bundle) throws BundleException {
    bundle.uninstall();
    refresh(bundle);
  }

  private static Unusable refused(BundleException e) {
    return new Unusable(
        "the framework refuses it: " + BundleStates.explain(e),
        e.getType() == BundleException.RESOLVE_ERROR
            ? "install what it needs, or build it against what is here (lb and inspect show that)"
            : "mend that and copy it again",
        false);
  }

  private static Unusable unreadable(IOException e) {
    return new Unusable(
        "it can not be read (" + e.getMessage() + ")", "check who may read it", true);
  }
}
