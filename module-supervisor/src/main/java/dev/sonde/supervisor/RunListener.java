package dev.sonde.supervisor;

import dev.sonde.bus.spi.FaultListener;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.event.module.ModuleState;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Hears what goes wrong in one run of a module.
final class RunListener implements FaultListener {

  private final SupervisedModule module;
  private final Duration patience;
  private final StateChanges changes;
  private final BiConsumer<HostedModule, String> forkFailed;
  private volatile @Nullable HostedModule run;

  /// @param patience how long the module may be at one thing
  /// @param forkFailed told, on a thread of its own, when a fork of the run has failed, and why
  RunListener(
      SupervisedModule module,
      Duration patience,
      StateChanges changes,
      BiConsumer<HostedModule, String> forkFailed) {
    this.module = module;
    this.patience = patience;
    this.changes = changes;
    this.forkFailed = forkFailed;
  }

  /// The run, before it starts.
  void hear(HostedModule hosted) {
    run = hosted;
  }

  @Override
  public void failed(Place place, String what, String error) {
    module.fault(what + ": " + error);
    HostedModule failing = run;
    if (place == Place.FORK && failing != null) {
      var _ =
          Timers.begin(
              "sonde-fork-failed-" + module.name(),
              () -> forkFailed.accept(failing, "fork " + what + " ended: " + error));
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
      changes.becomeIfWanted(module, late, ModuleState.DEGRADED, reason);
    }
  }

  @Override
  public void caughtUp() {
    HostedModule late = run;
    if (late != null && module.isIn(late, ModuleState.DEGRADED)) {
      changes.becomeIfWanted(module, late, ModuleState.ACTIVE, "");
    }
  }
}
