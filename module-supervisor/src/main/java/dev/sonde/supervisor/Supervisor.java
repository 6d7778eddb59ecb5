package dev.sonde.supervisor;

import dev.sonde.bus.EventBus;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.spi.FaultListener;
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

  /// For stopping and starting a bundle, whose activator may hang.
  private static final Duration BUNDLE_DEADLINE = Duration.ofSeconds(10);

  private static final Set<ModuleState> NEVER_RUN =
      Set.of(ModuleState.INSTALLED, ModuleState.WAITING, ModuleState.STOPPED);

  private final BundleContext context;
  private final ModuleHost host;
  private final EventBus bus;
  private final ModuleNames names = new ModuleNames();
  private final Timers timers = new Timers();
  private final Obstacles obstacles;
  private final Map<String, SupervisedModule> modules = new ConcurrentHashMap<>();

  /// Bundles that come back soon, with how many are at it: what waits for them is kept.
  private final Map<String, Integer> returning = new ConcurrentHashMap<>();

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
    this.obstacles = obstacles;
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
      modules.values().removeIf(module -> module.bundle().equals(event.getBundle()));
    } else if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
      timers.close();
      stopAll();
    }
  }

  private @Nullable SupervisedModule added(ServiceReference<SondeModule> reference) {
    Bundle bundle = reference.getBundle();
    SupervisedModule module = moduleOf(bundle);
    Supervision supervision =
        module.takeNextSupervision().orElseGet(() -> Supervision.of(host, module.name()));
    Listener listener = new Listener(module, supervision.handlerDeadline());
    HostedModule hosted;
    try {
      hosted = host.host(bundle, module.name(), fetch(reference), listener);
    } catch (IllegalStateException e) {
      LOG.warn("A second module of {} is not started: {}", bundle, e.getMessage());
      return null;
    }
    listener.run = hosted;
    module.hosted(hosted, supervision);
    become(module, ModuleState.STARTING, "");
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
      becomeIfWanted(module, hosted, ModuleState.ACTIVE, "");
    } else {
      Throwable cause =
          thrown instanceof CompletionException && thrown.getCause() != null
              ? thrown.getCause()
              : thrown;
      LOG.warn("Module {} did not start", module.name(), cause);
      module.fault("start: " + cause);
      if (onProbation.contains(module.symbolicName())) {
        becomeIfWanted(module, hosted, ModuleState.FAILED, "start failed: " + cause);
      } else {
        setBack(module, hosted, "start failed: " + cause);
      }
    }
  }

  /// A start that hangs is not tried again by itself: each try would leave a thread behind.
  private void abandonStart(SupervisedModule module, HostedModule hosted, Supervision supervision) {
    String where = at(hosted.stack());
    String reason =
        "start has not come back for "
            + Bounded.words(supervision.startDeadline())
            + " and was left behind"
            + where;
    if (!becomeIfWanted(module, hosted, ModuleState.FAILED, reason)) {
      return;
    }
    module.fault("start hangs" + where);
    LOG.warn("Module {}: {}; module:info {} shows its stack", module.name(), reason, module.name());
    if (hosted.stop(isReturning(module), STUCK_STOP_DEADLINE) == Stopped.ABANDONED) {
      var _ = module.leaveBehind(hosted);
    }
  }

  /// What one run of a module tells.
  private final class Listener implements FaultListener {
    private final SupervisedModule module;
    private final Duration patience;
    private volatile @Nullable HostedModule run;

    Listener(SupervisedModule module, Duration patience) {
      this.module = module;
      this.patience = patience;
    }

    @Override
    public void failed(Place place, String what, String error) {
      module.fault(what + ": " + error);
      HostedModule failing = run;
      if (place == Place.FORK && failing != null) {
        var _ =
            Timers.begin(
                "sonde-fork-failed-" + module.name(),
                () -> forkFailed(module, failing, "fork " + what + " ended: " + error));
      }
    }

    @Override
    public Duration patience() {
      return patience;
    }

    @Override
    public void overdue(Duration busy, String where) {
      HostedModule late = run;
      if (late != null && module.isIn(late, ModuleState.ACTIVE)) {
        String reason = "busy with one thing for " + Bounded.words(patience) + ", at " + where;
        module.fault(reason);
        becomeIfWanted(module, late, ModuleState.DEGRADED, reason);
      }
    }

    @Override
    public void caughtUp() {
      HostedModule late = run;
      if (late != null && module.isIn(late, ModuleState.DEGRADED)) {
        becomeIfWanted(module, late, ModuleState.ACTIVE, "");
      }
    }
  }

  private void forkFailed(SupervisedModule module, HostedModule hosted, String why) {
    if (becomeIfWanted(module, hosted, ModuleState.STOPPING, why)) {
      var _ = stop(module, hosted, true);
      setBack(module, hosted, why);
    }
  }

  /// A module has failed: it is started again after a pause, or stays down if that was too often.
  private void setBack(SupervisedModule module, HostedModule hosted, String why) {
    Supervision supervision = module.supervision();
    if (supervision == null) {
      return;
    }
    int failures = module.failures().add(System.nanoTime(), supervision.window());
    if (failures > supervision.restarts()) {
      String reason =
          "%d failures within %s, the last: %s"
              .formatted(failures, Bounded.words(supervision.window()), why);
      if (becomeIfWanted(module, hosted, ModuleState.FAILED, reason)) {
        LOG.warn("Module {} stays down: {}; module:start {}", module.name(), reason, module.name());
        host.forget(module.symbolicName());
      }
      return;
    }
    Duration pause = supervision.pauseAfter(failures);
    String reason =
        "attempt %d of %d in %s: %s"
            .formatted(failures, supervision.restarts(), Bounded.words(pause), why);
    if (becomeIfWanted(module, hosted, ModuleState.BACKOFF, reason)) {
      timers.after(pause, "sonde-restart-" + module.name(), () -> startAgain(module, hosted));
    }
  }

  private void startAgain(SupervisedModule module, HostedModule failed) {
    if (!module.isIn(failed, ModuleState.BACKOFF)) {
      return;
    }
    try {
      restartBundle(module);
    } catch (Exception e) {
      LOG.warn("Module {} could not be started again", module.name(), e);
      setBack(module, failed, BundleStates.explain(e));
    }
  }

  private void restartBundle(SupervisedModule module) throws Exception {
    Bundle bundle = module.bundle();
    update(
        Set.of(module.symbolicName()),
        () ->
            Bounded.run(
                "the activator of " + module.symbolicName(),
                BUNDLE_DEADLINE,
                () -> {
                  bundle.stop(Bundle.STOP_TRANSIENT);
                  bundle.start(Bundle.START_TRANSIENT);
                }));
  }

  /// Stops a module and starts it again; what waits for it is kept.
  void restart(SupervisedModule module) throws Exception {
    module.failures().clear();
    restartBundle(module);
  }

  private void removed(SupervisedModule module) {
    HostedModule hosted = module.hosted();
    if (hosted == null || module.state() == ModuleState.STOPPED) {
      return;
    }
    boolean comesBack = isReturning(module);
    ModuleState before = module.state();
    if (!comesBack) {
      module.unwanted();
    }
    if (before == ModuleState.BACKOFF && !comesBack) {
      host.forget(module.symbolicName());
    }
    boolean down = before == ModuleState.FAILED || before == ModuleState.BACKOFF;
    if (!down) {
      become(module, ModuleState.STOPPING, comesBack ? "it comes back" : "");
    }
    String reason = stop(module, hosted, comesBack);
    if (!comesBack && before != ModuleState.FAILED) {
      become(module, ModuleState.STOPPED, reason);
    } else if (comesBack && !down && !reason.isEmpty()) {
      become(module, ModuleState.STOPPING, reason);
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
        modules.values().stream()
            .filter(module -> module.bundle().getState() != Bundle.UNINSTALLED)
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

  /// Changes the state of a module, unless somebody has stopped it or it has been started again.
  private boolean becomeIfWanted(
      SupervisedModule module, HostedModule run, ModuleState state, String reason) {
    synchronized (module) {
      boolean wanted = module.isWanted(run);
      if (wanted) {
        become(module, state, reason);
      }
      return wanted;
    }
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
  void update(Set<String> symbolicNames, Bounded.Work update) throws Exception {
    symbolicNames.forEach(name -> returning.merge(name, 1, Integer::sum));
    List<SupervisedModule> affected =
        modules.values().stream()
            .filter(module -> symbolicNames.contains(module.symbolicName()))
            .toList();
    // While the old versions still run.
    affected.forEach(module -> module.nextSupervision(Supervision.of(host, module.name())));
    try {
      update.run();
    } finally {
      affected.forEach(module -> module.nextSupervision(null));
      symbolicNames.forEach(
          name -> returning.computeIfPresent(name, (same, count) -> count == 1 ? null : count - 1));
    }
  }

  private boolean isReturning(SupervisedModule module) {
    return returning.containsKey(module.symbolicName());
  }

  /// Starts a bundle whose start decides whether it may stay: it gets no second chance.
  ///
  /// @return why its module does not run; nothing if it does, or if it has none
  Optional<String> tryOut(String symbolicName, Bounded.Work start) throws Exception {
    onProbation.add(symbolicName);
    try {
      start.run();
      var _ = statuses();
      SupervisedModule module = modules.get(symbolicName);
      // It becomes FAILED when its own start deadline has passed.
      return module != null && module.awaitDecision(Duration.ofHours(2)) == ModuleState.FAILED
          ? Optional.of(module.status().reason())
          : Optional.empty();
    } finally {
      onProbation.remove(symbolicName);
    }
  }

  /// All modules: those that were seen running, and installed bundles that declare one.
  Collection<SupervisedModule.Status> statuses() {
    for (Bundle bundle : context.getBundles()) {
      if (ModuleBundles.declaresModule(bundle)) {
        lookFor(moduleOf(bundle));
      }
    }
    return modules.values().stream()
        .filter(module -> module.bundle().getState() != Bundle.UNINSTALLED)
        .map(SupervisedModule::status)
        .sorted(Comparator.comparing(SupervisedModule.Status::name))
        .toList();
  }

  /// A module that has never run is told to wait for something, or to be stopped.
  private void lookFor(SupervisedModule module) {
    ModuleState state = module.state();
    if (module.hosted() != null || !NEVER_RUN.contains(state)) {
      return;
    }
    String waitsFor = obstacles.of(module.bundle()).map(Unusable::problem).orElse("");
    ModuleState now =
        !waitsFor.isEmpty()
            ? ModuleState.WAITING
            : BundleStates.isStopped(module.bundle()) ? ModuleState.STOPPED : state;
    synchronized (module) {
      // To look took a while, and it may have begun to run in it.
      boolean hasRun = module.hosted() != null;
      if (!hasRun && (now != module.state() || !waitsFor.equals(module.status().reason()))) {
        become(module, now, waitsFor);
      }
    }
  }

  /// Finds a module by its name or its bundle's symbolic name.
  Optional<SupervisedModule> find(String name) {
    var _ = statuses();
    return modules.values().stream()
        .filter(m -> m.name().equals(name) || m.symbolicName().equals(name))
        .findFirst();
  }

  /// As [#find]; a name that nobody has is an error that says which there are.
  SupervisedModule known(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no module "
                        + name
                        + "; there are "
                        + statuses().stream()
                            .map(SupervisedModule.Status::name)
                            .collect(Collectors.joining(", "))));
  }
}
