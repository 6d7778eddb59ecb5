package dev.sonde.it.newvalve;

import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import java.util.Hashtable;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/// The next version: one record has its components in another order, the other has one more.
public final class ValveBundle implements BundleActivator, SondeModule {

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  @Topic("com/acme/valve/OPENED")
  public record Opened(int percent, String valve) implements Event {}

  @Topic("com/acme/valve/CLOSED")
  public record Closed(String valve, int seconds) implements Event {}

  @Override
  public void start(BundleContext bundle) {
    Hashtable<String, Object> test = new Hashtable<>(Map.of("test", "valve"));
    bundle.registerService(Queue.class, heard, test);
    bundle.registerService(SondeModule.class, this, test);
  }

  @Override
  public void start(ModuleContext context) {
    context.on(
        Subscription.to(Opened.class).named("opened"),
        (opened, at) -> heard.add(opened.toString()));
    context.on(
        Subscription.to(Closed.class)
            .named("closed")
            .onLagged(missed -> heard.add("missed " + missed)),
        (closed, at) -> heard.add(closed.toString()));
    context.on(
        Subscription.of("state").topics("com/acme/valve/STATE").withLast(),
        (state, at) -> heard.add(state.toString()));
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public void stop() {}
}
