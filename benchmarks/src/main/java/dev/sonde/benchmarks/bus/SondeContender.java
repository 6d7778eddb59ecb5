package dev.sonde.benchmarks.bus;

import dev.sonde.bus.Event;
import dev.sonde.bus.EventBus;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.spi.HostedModule;
import dev.sonde.bus.spi.ModuleHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.osgi.framework.Bundle;
import org.osgi.service.event.EventHandler;

/// Sonde: each subscriber is a module of a bundle of its own, each publisher a platform thread of
/// another, as the sources of a device are.
final class SondeContender implements Contender {

  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final String VALUE = "value";

  /// As the launcher sets it (`Settings` in `distribution`).
  static final Map<String, String> PROPERTIES =
      Map.of("org.apache.felix.eventadmin.IgnoreTimeout", "dev.sonde*");

  private final EmbeddedFramework framework = new EmbeddedFramework("sonde", PROPERTIES);
  private final ModuleHost host = framework.service(ModuleHost.class);
  private final List<HostedModule> modules = new ArrayList<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private int publishers;

  @Override
  public void subscribe(String pattern, LongConsumer receiver) {
    if (pattern.equals(Tick.TOPIC)) {
      start(context -> context.on(Tick.class, (tick, at) -> receiver.accept(tick.value())));
    } else {
      start(
          context ->
              context.on(
                  Subscription.of("ticks").topics(pattern),
                  (event, at) -> receiver.accept(((Tick) event).value())));
    }
  }

  @Override
  public void subscribeBelow(String pattern, LongConsumer receiver) {
    start(
        context ->
            context.on(
                Subscription.of("below").topics(pattern),
                (event, at) -> receiver.accept(valueOf(event))));
  }

  private static long valueOf(Event event) {
    if (event instanceof PlainEvent plain && plain.properties().get(VALUE) instanceof Long value) {
      return value;
    }
    throw new LostEventException("no event of this benchmark: " + event);
  }

  private void start(SondeModule module) {
    String name = "subscriber" + (modules.size() + 1);
    Bundle bundle = framework.bundle("bench." + name);
    HostedModule hosted =
        host.host(
            bundle,
            name,
            () -> module,
            (place, what, error) -> faults.add(place + " " + what + ": " + error));
    var _ =
        hosted
            .start()
            .toCompletableFuture()
            .orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS)
            .join();
    modules.add(hosted);
  }

  @Override
  public void subscribePlainly(EventHandler handler) {
    framework.handle("com.acme.plain", Tick.TOPIC, handler);
  }

  @Override
  public Publisher publisher() {
    EventBus bus = bus();
    return value -> bus.publish(new Tick(value));
  }

  @Override
  public TopicPublisher topicPublisher() {
    EventBus bus = bus();
    return (topic, value) -> bus.publish(new PlainEvent(topic, Map.of(VALUE, value)));
  }

  private synchronized EventBus bus() {
    return EmbeddedFramework.service(
        framework.bundle("bench.publisher" + ++publishers), EventBus.class);
  }

  @Override
  public void check(long published, int subscribers) {
    long delivered = 0;
    for (HostedModule module : modules) {
      for (Inbox inbox : module.inboxes()) {
        InboxCounts counts = inbox.counts();
        if (!counts.isBalanced() || counts.missed() > 0 || counts.waiting() > 0) {
          throw new LostEventException("the inbox of %s says %s".formatted(module.name(), counts));
        }
        delivered += counts.delivered();
      }
    }
    if (delivered != published * subscribers || !faults.isEmpty()) {
      throw new LostEventException(
          "%,d events went to %d subscribers each, and the inboxes say that %,d were delivered; faults: %s"
              .formatted(published, subscribers, delivered, faults));
    }
  }

  @Override
  public void close() {
    modules.forEach(module -> module.stop(false, DEADLINE));
    framework.close();
  }
}
