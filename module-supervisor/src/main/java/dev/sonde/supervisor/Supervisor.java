package dev.sonde.supervisor;

import dev.sonde.bus.EventBus;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.spi.FaultListener.Place;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import dev.sonde.bus.spi.ModuleHost;
import dev.sonde.event.module.ModuleState;
import dev.sonde.event.module.ModuleStateChanged;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts every module as it appears and stops it as it goes. Stopping a module is stopping its
/// bundle, whoever does it.
@Component(service = Supervisor.class, immediate = true)
public final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  /// Short enough that a device with a module that hangs still shuts down within two seconds.
  private static final Duration STOP_DEADLINE = Duration.ofMillis(1_200);

  /// For a module that has not come back for long already: several of them must not hold up a
  /// shutdown one after the other.
  private static final Duration STUCK_STOP_DEADLINE = Duration.ofMillis(200);

  private static final Duration START_GRACE = Duration.ofSeconds(1);

  private final BundleContext context;
  private final ModuleHost host;
  private final EventBus bus;
  private final ModuleNames names = new ModuleNames();
  private final Map<String, SupervisedModule> modules = new ConcurrentHashMap<>();
  private final Set<String> updating = ConcurrentHashMap.newKeySet();
  private final ServiceTracker<SondeModule, SupervisedModule> tracker;
  private final SynchronousBundleListener forgetUninstalled =
      event -> {
        if (event.getType() == BundleEvent.UNINSTALLED) {
          modules.values().removeIf(module -> module.bundle().equals(event.getBundle()));
        }
      };

  /// Made by the component runtime.
  @Activate
  public Supervisor(BundleContext context, @Reference ModuleHost host, @Reference EventBus bus) {
    this.context = context;
    this.host = host;
    this.bus = bus;
    this.tracker =
        new ServiceTracker<>(context, SondeModule.class, null) {
          @Override
          public @Nullable SupervisedModule addingService(ServiceReference<SondeModule> module) {
            return added(module);
          }

          @Override
          public void removedService(
              ServiceReference<SondeModule> reference, SupervisedModule module) {
            removed(module);
            context.ungetService(reference);
          }
        };
    context.addBundleListener(forgetUninstalled);
    tracker.open();
  }

  /// Stops all that still run.
  @Deactivate
  public void close() {
    tracker.close();
    context.removeBundleListener(forgetUninstalled);
  }

  private @Nullable SupervisedModule added(ServiceReference<SondeModule> reference) {
    Bundle bundle = reference.getBundle();
    SupervisedModule module = moduleOf(bundle);
    HostedModule hosted;
    try {
      hosted =
          host.host(
              bundle,
              module.name(),
              fetch(reference),
              (place, what, error) -> failed(module, place, what, error));
    } catch (IllegalStateException e) {
      LOG.warn("A second module of {} is not started: {}", bundle, e.getMessage());
      return null;
    }
    module.hosted(hosted);
    become(module, ModuleState.STARTING, "");
    CompletableFuture<Void> done =
        hosted
            .start()
            .whenComplete((nothing, thrown) -> started(module, hosted, thrown))
            .toCompletableFuture();
    awaitStart(done);
    return module;
  }

  /// Gives a module a moment, so that those which start later find its subscriptions in place. One
  /// that takes longer goes on by itself and holds nobody.
  private static void awaitStart(CompletableFuture<Void> done) {
    try {
      done.get(START_GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Told by started(), now or later.
    }
  }

  private Callable<SondeModule> fetch(ServiceReference<SondeModule> reference) {
    return () -> {
      SondeModule module = context.getService(reference);
      if (module == null) {
        throw new IllegalStateException(
            "Its service could not be had; look for an error of its constructor in the log");
      }
      return module;
    };
  }

  private void started(SupervisedModule module, HostedModule hosted, @Nullable Throwable thrown) {
    if (!hosted.equals(module.hosted()) || module.state() != ModuleState.STARTING) {
      return;
    }
    if (thrown == null) {
      become(module, ModuleState.ACTIVE, "");
    } else {
      Throwable cause =
          thrown instanceof CompletionException && thrown.getCause() != null
              ? thrown.getCause()
              : thrown;
      LOG.warn("Module {} did not start", module.name(), cause);
      module.fault("start: " + cause);
      become(module, ModuleState.FAILED, "start failed: " + cause);
      if (!updating.contains(module.bundle().getSymbolicName())) {
        host.forget(module.bundle().getSymbolicName());
      }
    }
  }

  private void failed(SupervisedModule module, Place place, String what, String error) {
    module.fault(what + ": " + error);
    if (place == Place.FORK && module.state() == ModuleState.ACTIVE) {
      become(module, ModuleState.DEGRADED, "fork " + what + " ended: " + error);
    }
  }

  private void removed(SupervisedModule module) {
    HostedModule hosted = module.hosted();
    if (hosted == null) {
      return;
    }
    boolean failed = module.state() == ModuleState.FAILED;
    boolean replaced = updating.contains(module.bundle().getSymbolicName());
    if (!failed) {
      become(module, ModuleState.STOPPING, replaced ? "its bundle is updated" : "");
    }
    Duration deadline =
        SupervisedModule.isLong(hosted.busyFor()) ? STUCK_STOP_DEADLINE : STOP_DEADLINE;
    Stopped stopped = hosted.stop(replaced, deadline);
    String reason =
        switch (stopped) {
          case CLEANLY -> "";
          case WITH_FAULT -> "its stop method failed";
          case ABANDONED -> "it did not end in time and was left behind" + at(hosted.stack());
        };
    if (stopped == Stopped.ABANDONED) {
      LOG.warn("Module {} {}", module.name(), reason);
    }
    if (!failed && !replaced) {
      become(module, ModuleState.STOPPED, reason);
    }
  }

  private static String at(List<StackTraceElement> stack) {
    return stack.isEmpty() ? "" : " at " + stack.getFirst();
  }

  private void become(SupervisedModule module, ModuleState state, String reason) {
    Bundle bundle = module.bundle();
    // Publishing never waits, and the events of one module are to come in the order of its states.
    synchronized (module) {
      ModuleState before = module.become(state, reason);
      ModuleStateEvent.changed(module.name(), before, state, reason);
      bus.publish(
          new ModuleStateChanged(
              module.name(),
              bundle.getSymbolicName(),
              bundle.getVersion().toString(),
              before,
              state,
              reason));
    }
  }

  private SupervisedModule moduleOf(Bundle bundle) {
    return modules.compute(
        bundle.getSymbolicName(),
        (symbolicName, known) ->
            known != null && known.bundle().equals(bundle)
                ? known
                : new SupervisedModule(names.nameOf(symbolicName), bundle));
  }

  /// Runs an update of bundles: what their modules do not handle before they go waits for the next
  /// version.
  void update(Set<String> symbolicNames, ThrowingRunnable update) throws Exception {
    updating.addAll(symbolicNames);
    try {
      update.run();
    } finally {
      updating.removeAll(symbolicNames);
    }
  }

  /// Waits until it is clear whether a module that was started runs.
  ///
  /// @return why it does not run; nothing if it does, or if that is not clear before the deadline
  Optional<String> awaitFailure(String symbolicName, Duration deadline)
      throws InterruptedException {
    SupervisedModule module = modules.get(symbolicName);
    return module != null && module.awaitDecision(deadline) == ModuleState.FAILED
        ? Optional.of(module.status().reason())
        : Optional.empty();
  }

  /// Work that may fail.
  @FunctionalInterface
  interface ThrowingRunnable {
    void run() throws Exception;
  }

  /// All modules: those that were seen running, and installed bundles that declare one.
  Collection<SupervisedModule.Status> statuses() {
    for (Bundle bundle : context.getBundles()) {
      if (ModuleBundles.declaresModule(bundle)) {
        moduleOf(bundle);
      }
    }
    return modules.values().stream()
        .filter(module -> module.bundle().getState() != Bundle.UNINSTALLED)
        .map(SupervisedModule::status)
        .sorted(Comparator.comparing(SupervisedModule.Status::name))
        .toList();
  }

  /// Finds a module by its name or its bundle's symbolic name.
  Optional<SupervisedModule> find(String name) {
    var _ = statuses();
    return modules.values().stream()
        .filter(m -> m.name().equals(name) || m.bundle().getSymbolicName().equals(name))
        .findFirst();
  }
}
