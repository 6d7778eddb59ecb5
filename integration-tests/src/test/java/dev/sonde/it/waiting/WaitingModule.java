package dev.sonde.it.waiting;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import java.util.concurrent.Phaser;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/// Needs a service that nobody offers.
@Component
public final class WaitingModule implements SondeModule {

  /// Made by the component runtime, if it ever finds that service.
  @Activate
  public WaitingModule(@Reference Phaser nobodyOffersIt) {
    nobodyOffersIt.register();
  }

  @Override
  public void start(ModuleContext context) {}
}
