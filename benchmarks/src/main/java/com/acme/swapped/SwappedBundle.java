package com.acme.swapped;

import dev.sonde.bus.Event;
import dev.sonde.bus.ModuleContext;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/// Reads the clock when it has started and whenever it handles an event, and says so: on Sonde as a
/// module, elsewhere as a plain event handler. Its jar is the same on both sides.
public final class SwappedBundle implements BundleActivator, SondeModule, EventHandler {

  /// The system property whose object listens: a `BiConsumer` of a version and of two figures, the
  /// number of the event (0 for a start, below that for how many events it missed) and the time.
  public static final String LISTENER = "sonde.bench.listener";

  /// The framework property that makes it a plain handler.
  public static final String PLAIN = "sonde.bench.plain";

  /// What it handles, with the property [#NUMBER].
  public static final String TOPIC = "com/acme/bench/TICK";

  /// Counts the events, from 1.
  public static final String NUMBER = "number";

  private String version = "";
  private BiConsumer<String, long[]> listener = (from, figures) -> {};

  /// Made by the framework.
  public SwappedBundle() {}

  @Override
  @SuppressWarnings("unchecked")
  public void start(BundleContext context) {
    version = context.getBundle().getVersion().toString();
    listener =
        (BiConsumer<String, long[]>) Objects.requireNonNull(System.getProperties().get(LISTENER));
    if (context.getProperty(PLAIN) == null) {
      context.registerService(SondeModule.class, this, null);
    } else {
      context.registerService(
          EventHandler.class,
          this,
          FrameworkUtil.asDictionary(Map.of(EventConstants.EVENT_TOPIC, TOPIC)));
      tell(0);
    }
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public void start(ModuleContext context) {
    context.on(
        Subscription.of("ticks").topics(TOPIC).onLagged(missed -> tell(-missed)),
        (event, at) -> handle(event));
    tell(0);
  }

  @Override
  public void stop() {}

  private void handle(Event event) {
    if (event instanceof PlainEvent plain) {
      tell((Long) Objects.requireNonNull(plain.properties().get(NUMBER)));
    }
  }

  @Override
  public void handleEvent(org.osgi.service.event.Event event) {
    tell((Long) Objects.requireNonNull(event.getProperty(NUMBER)));
  }

  private void tell(long number) {
    listener.accept(version, new long[] {number, System.nanoTime()});
  }
}
