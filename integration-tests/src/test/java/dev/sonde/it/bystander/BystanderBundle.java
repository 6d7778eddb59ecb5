package dev.sonde.it.bystander;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import java.util.Hashtable;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/// Hears, by topic, what another module publishes, on every way there is; notes it as text.
public final class BystanderBundle implements BundleActivator, SondeModule {

  private final Queue<String> hellos = new ConcurrentLinkedQueue<>();

  @Override
  public void start(BundleContext bundle) {
    bundle.registerService(Queue.class, hellos, of("test", "bystander"));
    bundle.registerService(SondeModule.class, this, of("test", "bystander"));
    bundle.registerService(
        EventHandler.class, event -> {}, of(EventConstants.EVENT_TOPIC, "com/acme/swap/*"));
  }

  private static Hashtable<String, Object> of(String name, Object value) {
    return new Hashtable<>(Map.of(name, value));
  }

  @Override
  public void start(ModuleContext context) {
    // Some are idle between two swaps, so that what they have heard stays in their rings for long.
    context.on(
        Subscription.of("hello").topics("com/acme/swap/HELLO"),
        (event, at) -> hellos.add(event.toString()));
    context.on(Subscription.of("questions").topics("com/acme/swap/QUESTION"), (event, at) -> {});
    context.on(Subscription.of("few").topics("com/acme/swap/*").capacity(4), (event, at) -> {});
    context.on(Subscription.of("latest").topics("com/acme/swap/*").latest(), (event, at) -> {});
    context.on(Subscription.of("last").topics("com/acme/swap/LEVEL").withLast(), (event, at) -> {});
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public void stop() {}
}
