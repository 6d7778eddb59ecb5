package dev.sonde.bridge.eventadmin;

import dev.sonde.bridge.Bus;
import dev.sonde.bridge.BusConfig;
import dev.sonde.bridge.Publishing;
import dev.sonde.bridge.codec.Codec;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.TopicPattern;
import dev.sonde.bus.spi.EventFormatException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/// The service `EventAdmin` on the engine of the bus, and what ties the bus to plain bundles.
///
/// Bus events go to plain handlers, and what is posted here goes to both. What plain bundles post
/// through another `EventAdmin` reaches plain handlers by that one; one handler of all topics hears
/// it and gives it to the modules.
public final class EventAdminService {

  /// Above those that register with no ranking.
  private static final int RANKING = 1_000;

  private static final Duration DRAIN = Duration.ofSeconds(1);

  /// How often the end looks whether what is being sent is handled.
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final String UNKNOWN = "event-admin";

  private final BundleContext context;
  private final Bus bus;
  private final Codec codec;
  private final Supplier<BusConfig> settings;
  private final PlainHandlers handlers;
  private final TypedViews views = new TypedViews();
  private final Couriers couriers = new Couriers();

  /// How many calls of [#send] are under way.
  private final AtomicInteger sending = new AtomicInteger();

  private @Nullable ServiceRegistration<?> service;
  private @Nullable ServiceRegistration<EventHandler> tap;

  /// @param context of this bundle
  /// @param bus the engine
  /// @param codec builds typed events
  /// @param settings asked anew each time
  public EventAdminService(
      BundleContext context, Bus bus, Codec codec, Supplier<BusConfig> settings) {
    this.context = context;
    this.bus = bus;
    this.codec = codec;
    this.settings = settings;
    this.handlers = new PlainHandlers(context, bus, views, settings);
  }

  /// Begins.
  public void open() {
    bus.publishing().openToHandlers(event -> filter -> TypedViews.passes(event, filter));
    handlers.open();
    tap =
        context.registerService(
            EventHandler.class,
            this::hear,
            FrameworkUtil.asDictionary(Map.of(EventConstants.EVENT_TOPIC, "*")));
    service =
        context.registerService(
            EventAdmin.class,
            new ServiceFactory<>() {
              @Override
              public EventAdmin getService(
                  Bundle bundle, ServiceRegistration<EventAdmin> registration) {
                return new Publisher(EventAdminService.this, bundle);
              }

              @Override
              public void ungetService(
                  Bundle bundle, ServiceRegistration<EventAdmin> registration, EventAdmin admin) {}
            },
            FrameworkUtil.asDictionary(
                Map.of(
                    Constants.SERVICE_RANKING,
                    RANKING,
                    Constants.SERVICE_DESCRIPTION,
                    "Event Admin that no handler can stall",
                    Constants.SERVICE_VENDOR,
                    "Sonde")));
  }

  /// Ends, after what has been posted is handled. Publishers go on with whichever `EventAdmin` is
  /// there.
  public void close() {
    if (service != null) {
      service.unregister();
    }
    bus.publishing().closeToHandlers();
    long end = System.nanoTime() + DRAIN.toNanos();
    while (sending.get() > 0 && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
    handlers.close(end);
    if (tap != null) {
      tap.unregister();
    }
  }

  /// Keeps nothing of events that have been.
  public void forget() {
    views.forget();
  }

  /// Posts.
  ///
  /// @return false if this has ended, and nobody got the event
  boolean post(String module, Event event) {
    String topic = event.getTopic();
    return bus.publishing()
        .post(module, topic, new Posted(event), declared(topic), () -> forModules(event));
  }

  /// Sends.
  ///
  /// @return false if this has ended, and nobody got the event
  boolean send(String module, Event event) {
    // In this order: the end waits for those that it has not turned away.
    sending.incrementAndGet();
    try {
      return sendNow(module, event);
    } finally {
      sending.decrementAndGet();
    }
  }

  private boolean sendNow(String module, Event event) {
    String topic = event.getTopic();
    Publishing.Reached reached =
        bus.publishing().reached(topic, new Posted(event), declared(topic));
    if (reached == null) {
      return false;
    }
    if (reached.byModules()) {
      publish(module, event);
    }
    if (!reached.handlers().isEmpty()) {
      new Sending(event, reached.handlers()).send(couriers, settings.get().sendDeadline(), module);
    }
    return true;
  }

  /// What another `EventAdmin` hands out, plain handlers get from that one.
  private void hear(Event event) {
    String module =
        event.getProperty(EventConstants.BUNDLE_SYMBOLICNAME) instanceof String name
            ? SondeModule.nameOf(name)
            : UNKNOWN;
    publish(module, event);
  }

  private void publish(String module, Event event) {
    String topic = event.getTopic();
    bus.publishing().publishToModules(module, topic, declared(topic), () -> forModules(event));
  }

  private @Nullable Class<? extends dev.sonde.bus.Event> declared(String topic) {
    return codec.typeOf(topic).orElse(null);
  }

  /// What modules get; null for what left the bus, and so is known to them.
  private dev.sonde.bus.@Nullable Event forModules(Event event) {
    return TypedViews.isFromBus(event) || !TopicPattern.isTopic(event.getTopic())
        ? null
        : typed(event);
  }

  /// The typed record where topic and properties fit one.
  private dev.sonde.bus.Event typed(Event event) {
    Map<String, Object> properties = new HashMap<>();
    for (String name : event.getPropertyNames()) {
      Object value = event.getProperty(name);
      if (value != null && !name.equals(EventConstants.EVENT_TOPIC)) {
        properties.put(name, value);
      }
    }
    try {
      return codec.eventOf(event.getTopic(), properties);
    } catch (EventFormatException | RuntimeException | LinkageError | StackOverflowError e) {
      // Values and records are other people's code, which may fail in any way.
      return new PlainEvent(event.getTopic(), properties);
    }
  }
}
