package dev.sonde.supervisor;

import dev.sonde.event.module.JarAccepted.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bundles that came from the deploy folder. Of each file it keeps the last jar that started,
/// and puts it back if a newer one does not, also when the device was switched off in between.
final class DeployedBundles {

  private static final Logger LOG = LoggerFactory.getLogger(DeployedBundles.class);
  private static final String LOCATION = "deploy:";

  private final BundleContext context;
  private final Supervisor supervisor;
  private final BundleOperations operations;
  private final DryResolve dryResolve;
  private final Path lastGood;
  private final Predicate<String> isStopped;
  private final Map<String, DeployedJar> jarOf = new ConcurrentHashMap<>();

  /// @param lastGood the folder for what to fall back to
  /// @param isStopped whether an operator has stopped a bundle for good
  DeployedBundles(
      BundleContext context, Supervisor supervisor, Path lastGood, Predicate<String> isStopped) {
    this.context = context;
    this.supervisor = supervisor;
    this.operations = new BundleOperations(context, supervisor);
    this.dryResolve = new DryResolve(context);
    this.lastGood = lastGood;
    this.isStopped = isStopped;
  }

  /// What was done with a jar.
  ///
  /// @param action what
  /// @param superseded the file that brought the version before, if that was another one
  /// @param again whether it is the jar that ran last under this name
  record Deployed(Action action, Optional<String> superseded, boolean again) {}

  /// Installs a jar, or updates the bundle of the same symbolic name with it, and starts it.
  ///
  /// @param file its name in the deploy folder
  /// @param path a copy of it that nobody else writes to; moved away if it was good
  /// @throws Unusable if that is not possible; what ran before runs again
  Deployed deploy(String file, Path path, DeployedJar jar) throws Unusable {
    Bundle existing = find(jar.symbolicName());
    Optional<String> other = otherFileOf(file, jar);
    if (existing != null) {
      refuseIfPlatform(existing);
      if (other.isPresent()) {
        refuseIfNotNewer(jar, existing, other.get());
      }
    }
    dryResolve.check(jar);
    if (existing == null) {
      install(file, path, jar);
    } else {
      update(other.orElse(file), path, existing);
    }
    boolean again = isKept(path, file);
    keep(path, file);
    // Only now: had this jar been refused, what the file held before would have gone on running.
    DeployedJar before = jarOf.get(file);
    if (before != null && !before.sameBundle(jar)) {
      takeBackQuietly(before);
    }
    other.ifPresent(this::forget);
    jarOf.put(file, jar);
    // A module that waits for something says so.
    var _ = supervisor.modules().statuses();
    return new Deployed(existing == null ? Action.INSTALLED : Action.UPDATED, other, again);
  }

  /// The file from which a module came.
  Optional<String> fileOf(String symbolicName) {
    return jarOf.entrySet().stream()
        .filter(entry -> entry.getValue().symbolicName().equals(symbolicName))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// The bundle that a file brought.
  Optional<String> symbolicNameOf(String file) {
    return Optional.ofNullable(jarOf.get(file)).map(DeployedJar::symbolicName);
  }

  private Optional<String> otherFileOf(String file, DeployedJar jar) {
    return fileOf(jar.symbolicName()).filter(other -> !other.equals(file));
  }

  private @Nullable Bundle find(String symbolicName) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElse(null);
  }

  private static boolean isOurs(Bundle bundle) {
    return bundle.getLocation().startsWith(LOCATION);
  }

  /// What the device itself stands on is replaced by installing another Sonde.
  private void refuseIfPlatform(Bundle existing) throws Unusable {
    if (!isOurs(existing)
        && (existing.equals(context.getBundle()) || !ModuleBundles.declaresModule(existing))) {
      throw new Unusable(
          existing.getSymbolicName() + " belongs to the platform and can not be replaced here",
          "give your bundle another symbolic name");
    }
  }

  private static void refuseIfNotNewer(DeployedJar jar, Bundle existing, String other)
      throws Unusable {
    if (jar.version().compareTo(existing.getVersion()) <= 0) {
      throw new Unusable(
          "%s %s is not newer than %s, which runs from %s"
              .formatted(jar.symbolicName(), jar.version(), existing.getVersion(), other),
          "remove " + other + " first, or raise the version");
    }
  }

  private void install(String file, Path path, DeployedJar jar) throws Unusable {
    try {
      Bundle bundle = operations.install(LOCATION + jar.symbolicName(), path);
      try {
        startFirst(bundle);
      } catch (Exception e) {
        removeQuietly(bundle);
        throw e;
      }
    } catch (Exception e) {
      Unusable refusal = refused(e);
      fallBack(file, path);
      throw refusal;
    }
  }

  /// Before the device was switched off, another jar of that name may have been good.
  private void fallBack(String file, Path refused) {
    Path good = kept(file);
    try {
      if (!jarOf.containsKey(file) && Files.exists(good) && Files.mismatch(good, refused) >= 0) {
        DeployedJar jar = DeployedJar.read(good);
        if (find(jar.symbolicName()) == null) {
          startFirst(operations.install(LOCATION + jar.symbolicName(), good));
          jarOf.put(file, jar);
        }
      }
    } catch (Exception e) {
      LOG.warn("The last good version of {} does not start either: {}", file, e.toString());
    }
  }

  private void update(String goodFile, Path path, Bundle bundle) throws Unusable {
    try (Probation probation = supervisor.probation(bundle.getSymbolicName())) {
      operations.replace(bundle, Optional.of(path), isWanted(bundle));
      probation.await();
    } catch (Exception e) {
      Unusable refusal = refused(e);
      if (bundle.getState() != Bundle.STOPPING) {
        restore(goodFile, bundle);
      } // else the former version could not even be stopped
      throw refusal;
    }
  }

  /// Starts a bundle that is new, and waits until its module runs, unless somebody has stopped it
  /// for good.
  private void startFirst(Bundle bundle) throws Exception {
    if (WiredBundles.isFragment(bundle)) {
      operations.attach(bundle);
    } else if (isWanted(bundle)) {
      try (Probation probation = supervisor.probation(bundle.getSymbolicName())) {
        BundleOperations.start(bundle, 0);
        probation.await();
      }
    }
  }

  private boolean isWanted(Bundle bundle) {
    return !isStopped.test(bundle.getSymbolicName());
  }

  private void removeQuietly(Bundle bundle) {
    try {
      operations.uninstall(bundle);
    } catch (Exception e) {
      LOG.warn("{} can not be removed again: {}", bundle.getSymbolicName(), e.getMessage());
    }
  }

  private boolean isKept(Path path, String file) {
    try {
      return Files.exists(kept(file)) && Files.mismatch(path, kept(file)) < 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void keep(Path path, String file) {
    try {
      Files.move(
          path, kept(file), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("No copy of {} could be kept to fall back to: {}", file, e.toString());
    }
  }

  private Path kept(String file) {
    return lastGood.resolve(file);
  }

  /// The last good jar that came under a file name, if one did and its bundle is still installed.
  Optional<Path> lastGood(String file) {
    return jarOf.containsKey(file) && Files.exists(kept(file))
        ? Optional.of(kept(file))
        : Optional.empty();
  }

  private void restore(String goodFile, Bundle bundle) {
    Path good = kept(goodFile);
    Optional<Path> jar =
        isOurs(bundle) || Files.exists(good) ? Optional.of(good) : Optional.empty();
    try {
      operations.replace(bundle, jar, isWanted(bundle));
    } catch (Exception e) {
      LOG.error(
          "{} could not be put back to its last good version: {}",
          bundle.getSymbolicName(),
          e.getMessage());
    }
  }

  /// Takes back what a file brought.
  ///
  /// @return what it was, if anything
  /// @throws Unusable if it does not stop or can not be replaced
  Optional<DeployedJar> undeploy(String file) throws Unusable {
    Optional<DeployedJar> jar = Optional.ofNullable(jarOf.get(file));
    forget(file);
    if (jar.isPresent()) {
      takeBack(jar.get());
    }
    return jar;
  }

  /// A file does not stand for its bundle any more.
  void forget(String file) {
    jarOf.remove(file);
    try {
      Files.deleteIfExists(kept(file));
    } catch (IOException e) {
      LOG.warn("{} could not be removed: {}", kept(file), e.toString());
    }
  }

  private void takeBackQuietly(DeployedJar jar) {
    try {
      takeBack(jar);
    } catch (Unusable e) {
      LOG.warn("{} could not be taken back: {}", jar.symbolicName(), e.problem());
    }
  }

  private void takeBack(DeployedJar jar) throws Unusable {
    Bundle bundle = find(jar.symbolicName());
    if (bundle == null) {
      return;
    }
    try {
      if (isOurs(bundle)) {
        operations.uninstall(bundle);
      } else {
        operations.replace(bundle, Optional.empty(), isWanted(bundle));
      }
    } catch (Exception e) {
      throw refused(e);
    }
  }

  private static Unusable refused(Exception e) {
    return switch (e) {
      case Unusable unusable -> unusable;
      case Bounded.HangsException hangs ->
          new Unusable(
              hangs.getMessage() + "; it was left behind and keeps its thread",
              "let its activator return at once and do its work in SondeModule.start or a fork;"
                  + " restart Sonde to be rid of the thread");
      case IOException io -> unreadable(io);
      default ->
          Unusable.ofFullDisk(e)
              .orElseGet(
                  () -> new Unusable(BundleStates.explain(e), "mend that and copy it again"));
    };
  }

  /// A file can not be read or copied.
  static Unusable unreadable(IOException e) {
    return Unusable.ofFullDisk(e)
        .orElseGet(
            () ->
                new Unusable(
                    "it can not be read (%s %s)"
                        .formatted(e.getClass().getSimpleName(), e.getMessage()),
                    "check who may read it",
                    true));
  }
}
