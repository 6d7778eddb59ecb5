package dev.sonde.it.probe;

import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.Topic;
import dev.sonde.event.input.Key;
import dev.sonde.event.input.SwitchChanged;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/// A module with an event type of its own that says what it hears.
public final class ProbeBundle implements BundleActivator, SondeModule {

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private BundleContext bundles;

  /// A valve opened.
  @Topic("com/acme/valve/OPENED")
  public record ValveOpened(String valve, double litres, Duration after, Optional<Key> by)
      implements Event {}

  /// Something with a level.
  @Topic("sonde/filtered/LEVEL")
  public record Level(int level) implements Event {}

  @Override
  public void start(BundleContext context) {
    bundles = context;
    context.registerService(Queue.class, heard, test());
    context.registerService(SondeModule.class, this, test());
  }

  @Override
  public void start(ModuleContext context) {
    context.on(ValveOpened.class, (valve, at) -> heard.add(at.module() + " " + valve));
    context.on(SwitchChanged.class, (change, at) -> heard.add(at.module() + " " + change));
    context.on(
        Subscription.of("plain").topics("org/example/*"),
        (event, at) -> heard.add(at.module() + " " + event));
    context.on(
        Subscription.of("not typed").topics("com/acme/*"),
        (event, at) -> {
          if (event instanceof PlainEvent) {
            heard.add(at.module() + " plain on " + at.topic());
          }
        });
    Consumer<String> publish =
        what -> {
          switch (what) {
            case "low" -> context.publish(new Level(1));
            case "high" -> context.publish(new Level(9));
            default ->
                context.publish(
                    new ValveOpened(what, 2.5, Duration.ofSeconds(3), Optional.of(Key.OK)));
          }
        };
    bundles.registerService(Consumer.class, publish, test());
  }

  private static Dictionary<String, Object> test() {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("test", "probe");
    return properties;
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public void stop() {}
}
