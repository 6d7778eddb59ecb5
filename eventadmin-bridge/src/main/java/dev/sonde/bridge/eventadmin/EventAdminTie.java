package dev.sonde.bridge.eventadmin;

import dev.sonde.bridge.Bus;
import dev.sonde.bridge.Listening;
import dev.sonde.bridge.codec.Codec;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.SondeModule;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.TopicPattern;
import dev.sonde.bus.spi.EventFormatException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.util.tracker.ServiceTracker;

/// Ties the bus to the framework's EventAdmin as one ordinary subscriber and one ordinary
/// publisher.
///
/// Outward, bus events that some plain handler wants wait in one bounded inbox and are handed to
/// `EventAdmin.sendEvent` by one thread: a plain handler that is slow costs plain handlers events,
/// which are counted, and costs the bus nothing. Inward, one handler of all topics publishes what
/// plain bundles post. What came in does not go out again, and what went out is known when it comes
/// back.
public final class EventAdminTie {

  private static final String OWNER = "event-admin";
  private static final int CAPACITY = 8192;

  private final BundleContext context;
  private final Bus bus;
  private final Codec codec;
  private final PlainHandlers handlers;
  private final ServiceTracker<EventAdmin, EventAdmin> admins;
  private @Nullable Listening outward;
  private @Nullable ServiceRegistration<EventHandler> inward;

  /// @param context of this bundle
  /// @param bus the engine
  /// @param codec builds typed events
  public EventAdminTie(BundleContext context, Bus bus, Codec codec) {
    this.context = context;
    this.bus = bus;
    this.codec = codec;
    this.handlers = new PlainHandlers(context, bus::rematch);
    this.admins =
        new ServiceTracker<>(context, EventAdmin.class, null) {
          @Override
          public EventAdmin addingService(ServiceReference<EventAdmin> reference) {
            EventAdmin admin = super.addingService(reference);
            bus.rematch();
            return admin;
          }

          @Override
          public void removedService(ServiceReference<EventAdmin> reference, EventAdmin admin) {
            super.removedService(reference, admin);
            bus.rematch();
          }
        };
  }

  /// Begins.
  public void open() {
    admins.open();
    handlers.open();
    outward =
        Listening.open(
            bus,
            OWNER,
            Subscription.of("plain handlers").topics("*").capacity(CAPACITY),
            (type, topic) -> handlers.want(topic),
            this::send);
    inward =
        context.registerService(
            EventHandler.class,
            this::receive,
            FrameworkUtil.asDictionary(Map.of(EventConstants.EVENT_TOPIC, "*")));
  }

  /// Ends.
  public void close() {
    if (inward != null) {
      inward.unregister();
    }
    if (outward != null) {
      outward.close();
    }
    handlers.close();
    admins.close();
  }

  private void send(Event event, Envelope envelope) {
    EventAdmin admin = admins.getService();
    if (admin != null) {
      admin.sendEvent(BusEvent.of(envelope));
    }
  }

  private void receive(org.osgi.service.event.Event event) {
    String topic = event.getTopic();
    if (BusEvent.isOwn(event) || !TopicPattern.isTopic(topic)) {
      return;
    }
    Class<? extends Event> type = codec.typeOf(topic).orElse(PlainEvent.class);
    if (bus.wanted(outward, type, topic)
        || bus.wanted(outward, PlainEvent.class, topic)
        || bus.retains(type)) {
      String module =
          event.getProperty("bundle.symbolicName") instanceof String name
              ? SondeModule.nameOf(name)
              : OWNER;
      bus.publishPast(outward, module, typed(event));
    }
  }

  /// The typed record where topic and properties fit one.
  private Event typed(org.osgi.service.event.Event event) {
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
