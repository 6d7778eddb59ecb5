package dev.sonde.supervisor;

import dev.sonde.bus.EventBus;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.HostedModule.Stopped;
import dev.sonde.bus.spi.ModuleHost;
import dev.sonde.event.module.ModuleState;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts every module as it appears, stops it as it goes, and starts it again when it failed.
/// Stopping a module is stopping its bundle, whoever does it.
@Component(service = Supervisor.class, immediate = true)
public final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  /// For a module that has been at one thing for too long already.
  private static final Duration STUCK_STOP_DEADLINE = Duration.ofMillis(200);

  private static final Duration START_GRACE = Duration.ofSeconds(1);

  private final BundleContext context;
  private final ModuleHost host;
  private final StateChanges changes;
  private final Timers timers = new Timers();
  private final Modules modules;
  private final Returning returning;
  private final Restarts restarts;

  /// Bundles whose first start decides whether they may stay.
  private final Set<String> onProbation = ConcurrentHashMap.newKeySet();

  private final ServiceTracker<SondeModule, SupervisedModule> tracker;
  private final SynchronousBundleListener bundleChanges = this::bundleChanged;

  /// Made by the component runtime.
  @Activate
  public Supervisor(
      BundleContext context,
      @Reference ModuleHost host,
      @Reference EventBus bus,
      @Reference Obstacles obstacles) {
    this.context = context;
    this.host = host;
    this.changes = new StateChanges(bus);
    this.modules = new Modules(context, obstacles, changes);
    this.returning = new Returning(host, modules);
    this.restarts = new Restarts(host, changes, returning, timers);
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
    context.addBundleListener(bundleChanges);
    tracker.open();
  }

  /// Stops all that still run.
  @Deactivate
  public void close() {
    timers.close();
    context.removeBundleListener(bundleChanges);
    stopAll();
    tracker.close();
  }

  private void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.UNINSTALLED) {
      modules.forget(event.getBundle());
    } else if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
      timers.close();
      stopAll();
    }
  }

  private @Nullable SupervisedModule added(ServiceReference<SondeModule> reference) {
    Bundle bundle = reference.getBundle();
    SupervisedModule module = modules.of(bundle);
    Supervision supervision =
        module.takeNextSupervision().orElseGet(() -> Supervision.of(host, module.name()));
    RunListener listener =
        new RunListener(
            module,
            supervision.handlerDeadline(),
            changes,
            (failing, why) -> forkFailed(module, failing, why));
    HostedModule hosted;
    try {
      hosted = host.host(bundle, module.name(), fetch(reference), listener);
    } catch (IllegalStateException e) {
      LOG.warn("A second module of {} is not started: {}", bundle, e.getMessage());
      return null;
    }
    listener.hear(hosted);
    module.hosted(hosted, supervision);
    changes.become(module, ModuleState.STARTING, "");
    CompletableFuture<Void> done =
        hosted
            .start()
            .whenComplete((nothing, thrown) -> started(module, hosted, thrown))
            .toCompletableFuture();
    timers.deadline(
        supervision.startDeadline(),
        () -> module.isIn(hosted, ModuleState.STARTING),
        "sonde-abandon-" + module.name(),
        () -> abandonStart(module, hosted, supervision));
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
    if (!module.isIn(hosted, ModuleState.STARTING)) {
      return;
    }
    if (thrown == null) {
      changes.becomeIfWanted(module, hosted, ModuleState.ACTIVE, "");
    } else {
      Throwable cause =
          thrown instanceof CompletionException && thrown.getCause() != null
              ? thrown.getCause()
              : thrown;
      String what = BundleStates.describe(cause);
      module.fault("start: " + what);
      if (onProbation.contains(module.symbolicName())) {
        changes.becomeIfWanted(module, hosted, ModuleState.FAILED, "start failed: " + what);
      } else {
        restarts.setBack(module, hosted, "start failed: " + what);
      }
      // At last: what is to return now does not wait for the log.
      LOG.warn("Module {} did not start", module.name(), cause);
    }
  }

  /// A start that hangs is not tried again by itself: each try would leave a thread behind.
  private void abandonStart(SupervisedModule module, HostedModule hosted, Supervision supervision) {
    // Before it is told: whoever hears of it ends the probation.
    boolean keepInboxes = isFollowed(module);
    String where = at(hosted.stack());
    String reason =
        "start has not come back for "
            + Bounded.words(supervision.startDeadline())
            + " and was left behind"
            + where;
    if (!changes.becomeIfWanted(module, hosted, ModuleState.FAILED, reason)) {
      return;
    }
    module.fault("start hangs" + where);
    LOG.warn("Module {}: {}; module:info {} shows its stack", module.name(), reason, module.name());
    if (hosted.stop(keepInboxes, STUCK_STOP_DEADLINE) == Stopped.ABANDONED) {
      var _ = module.leaveBehind(hosted);
    }
  }

  /// Whether another version comes if this one fails.
  private boolean isFollowed(SupervisedModule module) {
    return returning.contains(module)
        || (onProbation.contains(module.symbolicName()) && module.status().starts() > 1);
  }

  private void forkFailed(SupervisedModule module, HostedModule hosted, String why) {
    if (changes.becomeIfWanted(module, hosted, ModuleState.STOPPING, why)) {
      var _ = stop(module, hosted, true);
      restarts.setBack(module, hosted, why);
    }
  }

  private void removed(SupervisedModule module) {
    HostedModule hosted = module.hosted();
    if (hosted == null || module.state() == ModuleState.STOPPED) {
      return;
    }
    boolean comesBack = returning.contains(module);
    ModuleState before = module.state();
    if (!comesBack) {
      module.unwanted();
    }
    if (before == ModuleState.BACKOFF && !comesBack) {
      host.forget(module.symbolicName());
    }
    boolean down = before == ModuleState.FAILED || before == ModuleState.BACKOFF;
    if (!down) {
      changes.become(module, ModuleState.STOPPING, comesBack ? "it comes back" : "");
    }
    String reason = stop(module, hosted, comesBack);
    if (!comesBack && before != ModuleState.FAILED) {
      changes.become(module, ModuleState.STOPPED, reason);
    } else if (comesBack && !down && !reason.isEmpty()) {
      changes.become(module, ModuleState.STOPPING, reason);
    }
  }

  /// Stops a run.
  ///
  /// @return what went wrong with that, or nothing
  private String stop(SupervisedModule module, HostedModule hosted, boolean keepInboxes) {
    Stopped stopped = hosted.stop(keepInboxes, stopDeadline(module, hosted));
    if (stopped != Stopped.ABANDONED) {
      return stopped == Stopped.WITH_FAULT ? "its stop method failed" : "";
    }
    String reason = "it did not end in time and was left behind" + at(hosted.stack());
    if (module.leaveBehind(hosted)) {
      module.fault(reason);
      LOG.warn("Module {}: {}", module.name(), reason);
    }
    return reason;
  }

  private static Duration stopDeadline(SupervisedModule module, HostedModule hosted) {
    Supervision supervision = module.supervision();
    if (supervision == null || hosted.busyFor().compareTo(supervision.handlerDeadline()) > 0) {
      return STUCK_STOP_DEADLINE;
    }
    return supervision.stopDeadline();
  }

  private static String at(List<StackTraceElement> stack) {
    return stack.stream()
        .filter(frame -> frame.getModuleName() == null)
        .findFirst()
        .or(() -> stack.stream().findFirst())
        .map(frame -> ", at " + frame)
        .orElse("");
  }

  /// Stops all modules, those of one start level at the same time: several that hang cost no more
  /// time than one.
  private void stopAll() {
    TreeMap<Integer, List<SupervisedModule>> levels =
        modules.seen().stream()
            .collect(
                Collectors.groupingBy(Supervisor::startLevel, TreeMap::new, Collectors.toList()));
    levels
        .descendingMap()
        .values()
        .forEach(
            level ->
                level.stream()
                    .map(
                        module ->
                            Timers.begin("sonde-stop-" + module.name(), () -> removed(module)))
                    .toList()
                    .forEach(Supervisor::join));
  }

  private static int startLevel(SupervisedModule module) {
    return module.bundle().adapt(BundleStartLevel.class).getStartLevel();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Runs an update of bundles: what their modules do not handle before they go waits for the next
  /// version.
  void update(Set<String> symbolicNames, Bounded.Work update) throws Exception {
    returning.during(symbolicNames, update);
  }

  /// From now on the next start of a bundle decides whether it may stay.
  Probation probation(String symbolicName) {
    return new Probation(symbolicName, onProbation, () -> modules.of(symbolicName));
  }

  /// Stops a module and starts it again; what waits for it is kept.
  void restart(SupervisedModule module) throws Exception {
    restarts.restart(module);
  }

  /// The modules of the device.
  Modules modules() {
    return modules;
  }
}
