package dev.sonde.supervisor;

import dev.sonde.bus.EventBus;
import dev.sonde.event.module.JarAccepted;
import dev.sonde.event.module.JarRejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
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
@Component(service = DeployFolder.class, immediate = true)
public final class DeployFolder {

  private static final Logger LOG = LoggerFactory.getLogger(DeployFolder.class);

  /// How long a file that is no complete jar must stay as it is before it is refused.
  private static final Duration SETTLE = Duration.ofSeconds(2);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final Path folder;
  private final Path quarantine;
  private final EventBus bus;
  private final DeployedBundles bundles;
  private final FolderWatch watch;
  private final Map<String, Stamp> settled = new HashMap<>();
  private final Map<String, Unfinished> unfinished = new HashMap<>();
  private String complaint = "";

  /// What a file looks like from outside.
  private record Stamp(long size, FileTime modified, String key) {}

  /// A file that may still be written to.
  private record Unfinished(Stamp stamp, long sinceNanos) {}

  /// Begins to watch.
  @Activate
  public DeployFolder(
      BundleContext context, @Reference Supervisor supervisor, @Reference EventBus bus) {
    this.folder = Homes.folder(context, "deploy");
    this.quarantine = Homes.folder(context, "quarantine");
    this.bus = bus;
    this.bundles = new DeployedBundles(context, supervisor, Homes.folder(context, "data/deployed"));
    this.watch = new FolderWatch(folder, this::look);
    watch.start();
  }

  /// Ends the watch; what is installed stays.
  @Deactivate
  public void close() {
    watch.close();
  }

  private Duration look() {
    Map<String, Stamp> present = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      refuseIfWorldWritable();
      for (Path file : files.filter(DeployedJar::isCandidate).toList()) {
        present.put(file.getFileName().toString(), stamp(file));
      }
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
    settled.keySet().stream()
        .filter(name -> !present.containsKey(name))
        .toList()
        .forEach(this::removed);
    present.forEach(
        (name, stamp) -> {
          if (!stamp.equals(settled.get(name))) {
            changed(name, stamp);
          }
        });
    return unfinished.isEmpty() ? Duration.ZERO : LOOK_AGAIN;
  }

  private void refuseIfWorldWritable() throws IOException {
    if (Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(folder + " can be written to by everybody; chmod o-w " + folder);
    }
  }

  private static Stamp stamp(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(
        attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
  }

  private void changed(String name, Stamp stamp) {
    Path file = folder.resolve(name);
    try {
      DeployedJar jar = DeployedJar.read(file);
      JarAccepted.Action action = bundles.deploy(name, file, jar);
      settle(name, stamp);
      bus.publish(new JarAccepted(name, jar.symbolicName(), jar.version().toString(), action));
    } catch (DeployedJar.Unusable e) {
      if (!e.perhapsIncomplete() || hasSettled(name, stamp)) {
        reject(name, String.valueOf(e.getMessage()), e.remedy());
      }
    } catch (RuntimeException e) {
      LOG.error("deploy/{} could not be deployed", name, e);
      reject(
          name, "it could not be deployed: " + e, "the log has more; mend that and copy it again");
    }
  }

  private void settle(String name, Stamp stamp) {
    unfinished.remove(name);
    settled.put(name, stamp);
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
    unfinished.remove(name);
    LOG.warn("deploy/{} is refused: {}; {}", name, problem, remedy);
    try {
      Files.move(
          folder.resolve(name), quarantine.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(
          quarantine.resolve(name + ".reason.txt"),
          name + " was refused: " + problem + "\nWhat to do: " + remedy + "\n",
          StandardCharsets.UTF_8);
      putBack(name);
    } catch (IOException e) {
      LOG.warn("deploy/{} could not be moved to quarantine/: {}", name, e.toString());
    }
    bus.publish(new JarRejected(name, problem, remedy));
  }

  /// What runs under this name is what was good last; its jar takes the place of the one that was
  /// refused, so that the folder shows what runs.
  private void putBack(String name) throws IOException {
    Optional<Path> good = bundles.lastGood(name);
    if (good.isPresent()) {
      Path beside = folder.resolve("." + name + ".part");
      Files.copy(good.get(), beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      settle(name, stamp(folder.resolve(name)));
    }
  }

  private void removed(String name) {
    settled.remove(name);
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
  }
}
