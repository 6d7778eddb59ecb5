package dev.sonde.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bundles that somebody has stopped for good, whichever command did it: they stay so when the
/// device starts again. One symbolic name a line in `data/stopped`, which the launcher reads too.
@Component(service = StoppedModules.class, immediate = true)
public final class StoppedModules implements SynchronousBundleListener {

  private static final Logger LOG = LoggerFactory.getLogger(StoppedModules.class);

  private final BundleContext context;
  private final Path file;
  private final Set<String> names = new TreeSet<>();

  /// Reads what is known from the last run.
  @Activate
  public StoppedModules(BundleContext context) {
    this.context = context;
    this.file = Homes.folder(context, "data").resolve("stopped");
    try {
      if (Files.exists(file)) {
        names.addAll(Files.readAllLines(file));
      }
    } catch (IOException e) {
      LOG.warn("{} can not be read; all modules start", file, e);
    }
    context.addBundleListener(this);
  }

  /// Listens no longer.
  @Deactivate
  public void close() {
    context.removeBundleListener(this);
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    Bundle bundle = event.getBundle();
    String name = bundle.getSymbolicName();
    switch (event.getType()) {
      case BundleEvent.STARTED, BundleEvent.UNINSTALLED -> set(name, false);
      case BundleEvent.STOPPED -> {
        if (bundle.getBundleId() != 0 && !isPersistentlyStarted(bundle)) {
          set(name, true);
        }
      }
      default -> {}
    }
  }

  private static boolean isPersistentlyStarted(Bundle bundle) {
    BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
    return level != null && level.isPersistentlyStarted();
  }

  /// Whether somebody has stopped a bundle for good.
  synchronized boolean contains(String symbolicName) {
    return names.contains(symbolicName);
  }

  private synchronized void set(String symbolicName, boolean stopped) {
    if (symbolicName == null || !(stopped ? names.add(symbolicName) : names.remove(symbolicName))) {
      return;
    }
    try {
      Path beside = file.resolveSibling("stopped.part");
      Files.write(beside, names);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.warn("Which modules are stopped could not be written to {}: {}", file, e.toString());
    }
  }
}
