package dev.sonde.it.stuck;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;

/// Can not even be made: its class is being initialised until the device ends.
@Component
public final class InitialisingModule implements SondeModule {

  static final boolean INITIALISED = initialise();

  private static boolean initialise() {
    while (!Thread.currentThread().getName().isEmpty()) {
      LockSupport.park();
    }
    return true;
  }

  @Override
  public void start(ModuleContext context) {}
}
