package dev.sonde.supervisor;

import dev.sonde.bus.EventBus;
import dev.sonde.bus.spi.EventCodec;
import dev.sonde.bus.spi.ModuleHost;
import dev.sonde.event.module.JarAccepted;
import dev.sonde.event.module.JarRejected;
import dev.sonde.supervisor.FolderContent.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Installs the jars of `deploy/`, updates what changes there and uninstalls what is gone. A file
/// counts when it can be read to its end; one that stays unreadable is moved to `quarantine/`, with
/// the reason beside it.
///
/// Each jar is deployed on a thread of its own. The next one waits for it, but not for long: one
/// that hangs holds up nobody.
@Component(service = DeployFolder.class, immediate = true)
public final class DeployFolder {

  private static final Logger LOG = LoggerFactory.getLogger(DeployFolder.class);

  /// How long a file that is no complete jar must stay as it is before it is refused.
  private static final Duration SETTLE = Duration.ofSeconds(2);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofMillis(250);

  private final Path folder;
  private final Path staging;
  private final FolderContent content;
  private final EventBus bus;
  private final DeployedBundles bundles;
  private final JarGate gate;
  private final Quarantine quarantine;
  private final boolean safeMode;
  private final FolderWatch watch;

  // Guarded by this.
  private final Map<String, Stamp> settled = new HashMap<>();
  private final Map<String, Unfinished> unfinished = new HashMap<>();
  private final Map<String, String> underWay = new HashMap<>();

  /// Files whose last good jar found no room to be put back.
  private final Set<String> owed = new HashSet<>();

  private final Map<String, CompletableFuture<String>> expected = new ConcurrentHashMap<>();
  private volatile String complaint = "";

  /// A file that may still be written to.
  private record Unfinished(Stamp stamp, long sinceNanos) {}

  /// Begins to watch.
  @Activate
  public DeployFolder(
      BundleContext context,
      @Reference Supervisor supervisor,
      @Reference ModuleHost host,
      @Reference EventBus bus,
      @Reference EventCodec codec,
      @Reference StoppedModules stopped) {
    this.folder = Homes.folder(context, "deploy");
    this.staging = Homes.folder(context, "data/staging");
    this.content = new FolderContent(folder);
    this.bus = bus;
    this.bundles =
        new DeployedBundles(
            context, supervisor, Homes.folder(context, "data/deployed"), stopped::contains);
    this.gate =
        new JarGate(host, new Publishers(Homes.folder(context, "conf").resolve("publishers")));
    this.quarantine = new Quarantine(Homes.folder(context, "quarantine"), codec);
    this.safeMode = Boolean.parseBoolean(context.getProperty("sonde.safe-mode"));
    this.watch = new FolderWatch(folder, this::look);
    if (!safeMode) {
      watch.start();
    }
  }

  /// Ends the watch; what is installed stays.
  @Deactivate
  public void close() {
    watch.close();
  }

  private synchronized Duration look() {
    Map<String, Stamp> present;
    try {
      present = content.jars();
    } catch (IOException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(complaint)) {
        LOG.warn("The deploy folder is left alone: {}", problem);
        complaint = problem;
      }
      // Who may write to a folder changes without a change in it.
      return SETTLE;
    }
    complaint = "";
    unfinished.keySet().retainAll(present.keySet());
    for (String name : List.copyOf(settled.keySet())) {
      if (!present.containsKey(name)) {
        removed(name);
      }
    }
    present.forEach(
        (name, stamp) -> {
          if (!underWay.containsKey(name) && !stamp.equals(settled.get(name))) {
            changed(name, stamp);
          }
        });
    if (!unfinished.isEmpty() || !underWay.isEmpty()) {
      return LOOK_AGAIN;
    }
    // That there is room again is not told.
    return catchUp() ? Duration.ZERO : SETTLE;
  }

  /// Does what there was no room for.
  ///
  /// @return whether nothing is left of that
  private boolean catchUp() {
    for (String name : List.copyOf(owed)) {
      if (Files.exists(folder.resolve(name))) {
        owed.remove(name);
      } else {
        putBack(name);
      }
    }
    return quarantine.catchUp() && owed.isEmpty();
  }

  private void changed(String name, Stamp stamp) {
    Path copy = staging.resolve(name);
    try {
      DeployedJar jar = gate.check(folder.resolve(name), copy);
      if (underWay.containsValue(jar.symbolicName())) {
        return; // Another file of that bundle; one after the other.
      }
      unfinished.remove(name);
      underWay.put(name, jar.symbolicName());
      var _ = Timers.begin("sonde-deploy-" + name, () -> deploy(name, stamp, copy, jar));
      awaitBriefly(name);
    } catch (Unusable e) {
      if (!e.perhapsIncomplete() || hasSettled(name, stamp)) {
        reject(name, e.problem(), e.remedy());
      }
    }
  }

  private void deploy(String name, Stamp stamp, Path copy, DeployedJar jar) {
    try {
      DeployedBundles.Deployed deployed = bundles.deploy(name, copy, jar);
      accepted(name, stamp, jar, deployed);
    } catch (Unusable e) {
      reject(name, e.problem(), e.remedy());
    } catch (RuntimeException | LinkageError e) {
      LOG.error("deploy/{} could not be deployed", name, e);
      reject(
          name, "it could not be deployed: " + e, "the log has more; mend that and copy it again");
    } finally {
      synchronized (this) {
        underWay.remove(name);
        notifyAll();
      }
    }
  }

  private void accepted(
      String name, Stamp stamp, DeployedJar jar, DeployedBundles.Deployed deployed) {
    synchronized (this) {
      settled.put(name, stamp);
    }
    deployed
        .superseded()
        .ifPresent(
            other ->
                quarantine.take(
                    folder,
                    other,
                    "it was replaced by " + jar.version() + " in " + name,
                    "nothing; delete it, or remove " + name + " and move it back"));
    if (!deployed.again()) {
      quarantine.mended(name);
    }
    String version = jar.version().toString();
    bus.publish(new JarAccepted(name, jar.symbolicName(), version, deployed.action()));
    answer(name, name + ": " + jar.symbolicName() + " " + version + " runs");
  }

  private void awaitBriefly(String name) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (underWay.containsKey(name) && end - System.nanoTime() > 0) {
        wait(1 + (end - System.nanoTime()) / 1_000_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether a file has stayed as it is for long enough.
  private boolean hasSettled(String name, Stamp stamp) {
    Unfinished before = unfinished.get(name);
    if (before == null || !before.stamp().equals(stamp)) {
      unfinished.put(name, new Unfinished(stamp, System.nanoTime()));
      return false;
    }
    return System.nanoTime() - before.sinceNanos() >= SETTLE.toNanos();
  }

  private void reject(String name, String problem, String remedy) {
    LOG.warn("deploy/{} is refused: {}; {}", name, problem, remedy);
    synchronized (this) {
      unfinished.remove(name);
      settled.remove(name);
      quarantine.take(folder, name, problem, remedy);
      try {
        Files.deleteIfExists(staging.resolve(name));
      } catch (IOException e) {
        LOG.warn("{} could not be removed: {}", staging.resolve(name), e.toString());
      }
      putBack(name);
    }
    bus.publish(new JarRejected(name, problem, remedy));
    answer(name, name + " is refused: " + problem + "\nWhat to do: " + remedy);
  }

  /// What runs under this name is what was good last; its jar takes the place of the one that was
  /// refused, so that the folder shows what runs.
  private void putBack(String name) {
    try {
      Optional<Path> good = bundles.lastGood(name);
      if (good.isPresent()) {
        Path beside = folder.resolve("." + name + ".part");
        Files.copy(good.get(), beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        settled.put(name, content.stamp(name));
      }
      owed.remove(name);
    } catch (IOException e) {
      if (owed.add(name)) {
        LOG.warn("deploy/{} can not be put back yet: {}", name, e.toString());
      }
    }
  }

  private void removed(String name) {
    settled.remove(name);
    var _ = Timers.begin("sonde-undeploy-" + name, () -> undeploy(name));
    underWay.put(name, bundles.symbolicNameOf(name).orElse(name));
    awaitBriefly(name);
  }

  private void undeploy(String name) {
    try {
      bundles
          .undeploy(name)
          .ifPresent(
              jar ->
                  bus.publish(
                      new JarAccepted(
                          name,
                          jar.symbolicName(),
                          jar.version().toString(),
                          JarAccepted.Action.UNINSTALLED)));
      answer(name, name + " is gone");
    } catch (Unusable e) {
      String problem = "what it brought does not go: " + e.problem();
      LOG.warn("deploy/{} is gone, but {}; {}", name, problem, e.remedy());
      bus.publish(new JarRejected(name, problem, e.remedy()));
      answer(name, name + " is gone, but " + problem + "\nWhat to do: " + e.remedy());
    } finally {
      synchronized (this) {
        underWay.remove(name);
        notifyAll();
      }
    }
  }

  private void answer(String name, String outcome) {
    CompletableFuture<String> asked = expected.remove(name);
    if (asked != null) {
      asked.complete(outcome);
    }
  }

  /// What becomes of a file that is about to change.
  CompletableFuture<String> expect(String name) {
    return expected.computeIfAbsent(name, same -> new CompletableFuture<>());
  }

  /// Where jars go.
  Path folder() {
    return folder;
  }

  /// The file from which a module came.
  Optional<String> fileOf(String symbolicName) {
    return bundles.fileOf(symbolicName);
  }

  Quarantine quarantine() {
    return quarantine;
  }

  /// What to do about the complaint.
  String remedy() {
    return safeMode
        ? "take the jar out that came last, then stop and start Sonde: a run that ends in order"
            + " leaves safe mode"
        : "mend that; the folder is looked at again by itself";
  }

  /// Why nothing is deployed at all; empty if it is.
  String complaint() {
    return safeMode
        ? "Sonde runs in safe mode, without deploy/, since it ended badly several times in a row"
        : complaint;
  }
}
