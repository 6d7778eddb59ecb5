package dev.sonde.it.stuck;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import org.osgi.service.component.annotations.Component;

/// Loops in a handler until the device ends.
@Component
public final class LoopingModule implements SondeModule {

  @Override
  public void start(ModuleContext context) {
    context.on(Subscription.of("loop").topics("com/acme/LOOP"), (event, at) -> loop());
  }

  private static void loop() {
    while (true) {
      Thread.onSpinWait();
    }
  }
}
