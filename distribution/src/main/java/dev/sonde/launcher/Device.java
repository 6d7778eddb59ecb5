package dev.sonde.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.felix.framework.Felix;
import org.apache.felix.framework.util.FelixConstants;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleWiring;

/// The framework with the shipped bundles in it.
final class Device {

  /// Where bundles start that somebody installs later: with the modules.
  private static final int MODULES = 50;

  /// All levels are below.
  static final int TOP_LEVEL = 100;

  private final Framework framework;

  private Device(Framework framework) {
    this.framework = framework;
  }

  /// Makes a framework. Nothing runs yet.
  static Device create(Map<String, String> properties) throws BundleException {
    Map<String, Object> all = new HashMap<>(properties);
    FrameworkLog log = new FrameworkLog();
    all.put(FelixConstants.LOG_LOGGER_PROP, log);
    Framework framework = new Felix(all);
    framework.init();
    framework.getBundleContext().registerService(Consumer.class, log, mark("sonde.log"));
    return new Device(framework);
  }

  /// Registers what bundles need of the launcher.
  void offer(ExitRequest exit, Console console) {
    BundleContext context = framework.getBundleContext();
    context.registerService(IntConsumer.class, exit, mark("sonde.exit"));
    String[] types = {Consumer.class.getName(), Supplier.class.getName()};
    context.registerService(types, console, mark("sonde.console"));
  }

  private static Dictionary<String, Object> mark(String property) {
    return FrameworkUtil.asDictionary(Map.of(property, true));
  }

  /// Starts the bundles, level by level, and the shell last; returns when all have started.
  ///
  /// @param stopped symbolic names of those that an operator has stopped
  void start(Path system, boolean terminal, Set<String> stopped)
      throws BundleException, IOException {
    var shell = new ArrayList<Bundle>();
    for (ShippedBundle shipped : ShippedBundle.in(system)) {
      if (!shipped.shell()) {
        Bundle bundle = install(shipped);
        if (!stopped.contains(bundle.getSymbolicName())) {
          bundle.start();
        }
      } else if (terminal) {
        shell.add(install(shipped));
      }
    }
    framework.adapt(FrameworkStartLevel.class).setInitialBundleStartLevel(MODULES);
    framework.start();
    for (Bundle bundle : shell) {
      bundle.start();
      seeParts(bundle);
    }
  }

  private Bundle install(ShippedBundle shipped) throws BundleException {
    Bundle bundle = framework.getBundleContext().installBundle(shipped.location());
    bundle.adapt(BundleStartLevel.class).setStartLevel(shipped.startLevel());
    return bundle;
  }

  /// JLine looks for its own parts through the class loader of the thread that makes a terminal.
  private static void seeParts(Bundle bundle) {
    if (bundle.getSymbolicName().equals("org.jline")) {
      Thread.currentThread()
          .setContextClassLoader(bundle.adapt(BundleWiring.class).getClassLoader());
    }
  }

  /// Whether the bus delivers events, as the supervisor finds out when it is asked (a service with
  /// `sonde.alive=true`). May take seconds, or never come back.
  boolean isAlive() {
    try {
      BundleContext context = framework.getBundleContext();
      return context.getServiceReferences(BooleanSupplier.class, "(sonde.alive=true)").stream()
          .map(context::getService)
          .anyMatch(asked -> asked != null && asked.getAsBoolean());
    } catch (InvalidSyntaxException | RuntimeException e) {
      // The framework stops, or the supervisor is gone.
      return false;
    }
  }

  /// Waits until somebody has stopped the framework from inside.
  void awaitEnd() throws InterruptedException {
    FrameworkEvent end;
    do {
      end = framework.waitForStop(0);
    } while (end.getType() == FrameworkEvent.STOPPED_UPDATE);
  }

  /// Stops everything, in reverse order. Returns when all is stopped; a bundle that hangs past the
  /// deadline is named, and ends the process on the spot.
  void stop(Duration deadline) throws BundleException, InterruptedException {
    Watchdog.guard(framework, deadline);
    framework.stop();
    framework.waitForStop(0);
  }
}
