package dev.sonde.supervisor;

import dev.sonde.bus.EventBus;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.event.module.ModuleState;
import dev.sonde.event.module.ModuleStateChanged;
import org.osgi.framework.Bundle;

/// Changes the states of modules, and tells each change.
///
/// @param bus where it is told
record StateChanges(EventBus bus) {

  void become(SupervisedModule module, ModuleState state, String reason) {
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

  /// Changes the state of a module, unless somebody has stopped it or it has been started again.
  ///
  /// @return whether it did
  boolean becomeIfWanted(
      SupervisedModule module, HostedModule run, ModuleState state, String reason) {
    synchronized (module) {
      boolean wanted = module.isWanted(run);
      if (wanted) {
        become(module, state, reason);
      }
      return wanted;
    }
  }
}
