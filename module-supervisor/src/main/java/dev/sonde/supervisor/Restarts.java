package dev.sonde.supervisor;

import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.ModuleHost;
import dev.sonde.event.module.ModuleState;
import java.time.Duration;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts modules again that have failed, after growing pauses, until that was too often.
final class Restarts {

  private static final Logger LOG = LoggerFactory.getLogger(Restarts.class);

  /// For stopping and starting a bundle, whose activator may hang.
  private static final Duration BUNDLE_DEADLINE = Duration.ofSeconds(10);

  private final ModuleHost host;
  private final StateChanges changes;
  private final Returning returning;
  private final Timers timers;

  Restarts(ModuleHost host, StateChanges changes, Returning returning, Timers timers) {
    this.host = host;
    this.changes = changes;
    this.returning = returning;
    this.timers = timers;
  }

  /// A module has failed: it is started again after a pause, or stays down if that was too often.
  void setBack(SupervisedModule module, HostedModule hosted, String why) {
    Supervision supervision = module.supervision();
    if (supervision == null) {
      return;
    }
    int failures = module.failures().add(System.nanoTime(), supervision.window());
    if (failures > supervision.restarts()) {
      giveUp(
          module,
          hosted,
          "%d failures within %s, the last: %s"
              .formatted(failures, Bounded.words(supervision.window()), why));
      return;
    }
    Duration pause = supervision.pauseAfter(failures);
    String reason =
        "attempt %d of %d in %s: %s"
            .formatted(failures, supervision.restarts(), Bounded.words(pause), why);
    if (changes.becomeIfWanted(module, hosted, ModuleState.BACKOFF, reason)) {
      timers.after(pause, "sonde-restart-" + module.name(), () -> startAgain(module, hosted));
    }
  }

  private void giveUp(SupervisedModule module, HostedModule hosted, String reason) {
    if (changes.becomeIfWanted(module, hosted, ModuleState.FAILED, reason)) {
      LOG.warn("Module {} stays down: {}; module:start {}", module.name(), reason, module.name());
      host.forget(module.symbolicName());
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
    returning.during(
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

  /// Stops a module and starts it again, because somebody wants that; what waits for it is kept.
  void restart(SupervisedModule module) throws Exception {
    module.failures().clear();
    restartBundle(module);
  }
}
