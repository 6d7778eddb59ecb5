package dev.sonde.supervisor;

import dev.sonde.event.module.ModuleState;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/// The modules of the device: those that were seen running, and installed bundles that declare one.
final class Modules {

  private static final Set<ModuleState> NEVER_RUN =
      Set.of(ModuleState.INSTALLED, ModuleState.WAITING, ModuleState.STOPPED);

  private final BundleContext context;
  private final Obstacles obstacles;
  private final StateChanges changes;
  private final ModuleNames names = new ModuleNames();
  private final Map<String, SupervisedModule> modules = new ConcurrentHashMap<>();

  Modules(BundleContext context, Obstacles obstacles, StateChanges changes) {
    this.context = context;
    this.obstacles = obstacles;
    this.changes = changes;
  }

  /// The module of a bundle, which is one from now on.
  SupervisedModule of(Bundle bundle) {
    return modules.compute(
        bundle.getSymbolicName(),
        (symbolicName, known) ->
            known != null && known.bundle().equals(bundle)
                ? known
                : new SupervisedModule(names.nameOf(symbolicName), bundle));
  }

  /// The module of a bundle, if it has been seen.
  @Nullable SupervisedModule of(String symbolicName) {
    return modules.get(symbolicName);
  }

  /// A bundle is gone.
  void forget(Bundle bundle) {
    modules.values().removeIf(module -> module.bundle().equals(bundle));
  }

  /// Those that have been seen and are installed.
  List<SupervisedModule> seen() {
    return modules.values().stream()
        .filter(module -> module.bundle().getState() != Bundle.UNINSTALLED)
        .toList();
  }

  /// How all of them are.
  Collection<SupervisedModule.Status> statuses() {
    for (Bundle bundle : context.getBundles()) {
      if (ModuleBundles.declaresModule(bundle)) {
        lookFor(of(bundle));
      }
    }
    return seen().stream()
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
        changes.become(module, now, waitsFor);
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
