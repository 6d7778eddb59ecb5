package dev.sonde.benchmarks.bus;

import dev.sonde.bus.EventBus;
import dev.sonde.bus.Inbox;
import dev.sonde.bus.InboxCounts;
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
import org.osgi.framework.Bundle;

/// Sonde: each subscriber is a module of a bundle of its own, each publisher a platform thread of
/// another, as the sources of a device are.
final class SondeContender implements Contender {

  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /// As the launcher sets it.
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "org.apache.felix.eventadmin.IgnoreTimeout", "dev.sonde*",
          "org.ops4j.pax.logging.DefaultServiceLog.level", "WARN");

  private final EmbeddedFramework framework = new EmbeddedFramework("sonde", PROPERTIES);
  private final ModuleHost host = framework.service(ModuleHost.class);
  private final List<HostedModule> modules = new ArrayList<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private int publishers;

  @Override
  public void subscribe(String pattern, Receiver receiver) {
    if (pattern.equals(Tick.TOPIC)) {
      start(context -> context.on(Tick.class, (tick, at) -> receiver.receive(tick.value())));
    } else {
      start(
          context ->
              context.on(
                  Subscription.of("ticks").topics(pattern),
                  (event, at) -> receiver.receive(((Tick) event).value())));
    }
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
    hosted.start().toCompletableFuture().orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join();
    modules.add(hosted);
  }

  @Override
  public synchronized Publisher publisher() {
    EventBus bus =
        EmbeddedFramework.service(
            framework.bundle("bench.publisher" + ++publishers), EventBus.class);
    return value -> bus.publish(new Tick(value));
  }

  @Override
  public void check(long sent) {
    for (HostedModule module : modules) {
      for (Inbox inbox : module.inboxes()) {
        InboxCounts counts = inbox.counts();
        if (!counts.isBalanced() || counts.missed() > 0 || counts.delivered() != sent) {
          throw new LostEventException(
              "%,d events were sent to %s, and its inbox says %s"
                  .formatted(sent, module.name(), counts));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new LostEventException("modules failed: " + faults);
    }
  }

  @Override
  public void close() {
    modules.forEach(module -> module.stop(false, DEADLINE));
    framework.close();
  }
}
