package dev.sonde.it.both;

import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.PlainEvent;
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

/// A module that is a plain handler, too, and notes which numbers it hears in which way.
public final class BothBundle implements BundleActivator, SondeModule {

  private static final String[] TOPICS = {"com/acme/beside/*", "org/osgi/*"};
  private static final int CAPACITY = 65_536;

  private final Queue<Object> asModule = new ConcurrentLinkedQueue<>();
  private final Queue<Object> asHandler = new ConcurrentLinkedQueue<>();

  @Override
  public void start(BundleContext context) {
    context.registerService(Queue.class, asModule, of("test", "as module"));
    context.registerService(Queue.class, asHandler, of("test", "as handler"));
    context.registerService(SondeModule.class, this, of("test", "both"));
    context.registerService(
        EventHandler.class,
        event -> asHandler.add(noted(event.getTopic(), event.getProperty("n"))),
        of(EventConstants.EVENT_TOPIC, TOPICS));
  }

  @Override
  public void start(ModuleContext context) {
    context.on(
        Subscription.of("beside").topics(TOPICS).capacity(CAPACITY),
        (event, at) ->
            asModule.add(
                noted(
                    at.topic(),
                    event instanceof PlainEvent plain ? plain.properties().get("n") : null)));
  }

  /// Events that have no number are noted by their topic.
  private static Object noted(String topic, Object number) {
    return number == null ? topic : number;
  }

  private static Hashtable<String, Object> of(String name, Object value) {
    return new Hashtable<>(Map.of(name, value));
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public void stop() {}
}
