package dev.sonde.it.oldvalve;

import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import org.osgi.service.component.annotations.Component;

/// Hangs at the first opening, so that everything after it waits for the next version.
@Component
public final class ValveModule implements SondeModule {

  @Topic("com/acme/valve/OPENED")
  public record Opened(String valve, int percent) implements Event {}

  @Topic("com/acme/valve/CLOSED")
  public record Closed(String valve) implements Event {}

  @Topic(value = "com/acme/valve/STATE", retained = true)
  public record State(String text) implements Event {}

  @Override
  public void start(ModuleContext context) {
    context.publish(new State("old"));
    context.on(Subscription.to(Opened.class).named("opened"), (opened, at) -> hang());
    context.on(Subscription.to(Closed.class).named("closed"), (closed, at) -> {});
  }

  private static void hang() throws InterruptedException {
    synchronized (ValveModule.class) {
      while (true) {
        ValveModule.class.wait();
      }
    }
  }
}
