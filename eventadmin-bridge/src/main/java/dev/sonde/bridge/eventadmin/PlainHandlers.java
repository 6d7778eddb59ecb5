package dev.sonde.bridge.eventadmin;

import dev.sonde.bridge.Bus;
import dev.sonde.bridge.BusConfig;
import dev.sonde.bridge.HandlerMatcher;
import dev.sonde.bus.TopicPattern;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The plain `EventHandler` services of other bundles. While there are none, nothing leaves the
/// bus.
final class PlainHandlers {

  private static final Logger LOG = LoggerFactory.getLogger(PlainHandlers.class);

  private static final HandlerMatcher NOTHING = new HandlerMatcher(List.of(), null);

  private final ServiceTracker<EventHandler, PlainHandler> tracker;

  /// @param context of this bundle, whose own handlers do not count
  PlainHandlers(BundleContext context, Bus bus, TypedViews views, Supplier<BusConfig> settings) {
    tracker =
        new ServiceTracker<>(context, EventHandler.class, null) {
          @Override
          public @Nullable PlainHandler addingService(ServiceReference<EventHandler> reference) {
            if (context.getBundle().equals(reference.getBundle())) {
              return null;
            }
            PlainHandler handler =
                new PlainHandler(context, bus, views, reference, wantedBy(reference), settings);
            handler.start();
            return handler;
          }

          @Override
          public void modifiedService(
              ServiceReference<EventHandler> reference, PlainHandler handler) {
            handler.want(wantedBy(reference));
          }

          @Override
          public void removedService(
              ServiceReference<EventHandler> reference, PlainHandler handler) {
            handler.close();
          }
        };
  }

  void open() {
    // All services, also of bundles with another version of the API: these are not called.
    tracker.open();
  }

  /// Ends all of them, after what waits, or at the deadline.
  void close(long endNanos) {
    tracker.getTracked().values().forEach(handler -> handler.drain(endNanos));
    tracker.close();
  }

  /// What a handler's properties ask for. What is wrong in them is told and ignored (§113.4).
  private static HandlerMatcher wantedBy(ServiceReference<EventHandler> reference) {
    String name = HandlerNames.of(reference);
    List<TopicPattern> topics = topics(name, reference.getProperty(EventConstants.EVENT_TOPIC));
    Object filter = reference.getProperty(EventConstants.EVENT_FILTER);
    if (filter == null || topics.isEmpty()) {
      return new HandlerMatcher(topics, null);
    }
    try {
      return new HandlerMatcher(topics, filter(filter));
    } catch (InvalidSyntaxException e) {
      LOG.warn(
          "The event handler {} gets no events: its property {} is no filter: {}",
          name,
          EventConstants.EVENT_FILTER,
          e.getMessage());
      return NOTHING;
    }
  }

  private static Filter filter(Object property) throws InvalidSyntaxException {
    if (property instanceof String text) {
      return FrameworkUtil.createFilter(text);
    }
    throw new InvalidSyntaxException("It is no String", String.valueOf(property));
  }

  private static List<TopicPattern> topics(String name, @Nullable Object property) {
    Collection<?> texts =
        switch (property) {
          case null -> List.of();
          case String text -> List.of(text);
          case Object[] array -> Arrays.asList(array);
          case Collection<?> collection -> collection;
          default -> List.of(property);
        };
    if (texts.isEmpty()) {
      LOG.warn(
          "The event handler {} gets no events: it has no property {}",
          name,
          EventConstants.EVENT_TOPIC);
    }
    return texts.stream().flatMap(text -> topic(name, text)).distinct().toList();
  }

  private static Stream<TopicPattern> topic(String name, Object text) {
    try {
      if (text instanceof String pattern) {
        return Stream.of(TopicPattern.of(pattern));
      }
      LOG.warn("The event handler {} asks for {}, which is no text", name, text);
    } catch (IllegalArgumentException e) {
      LOG.warn("The event handler {}: {}", name, e.getMessage());
    }
    return Stream.empty();
  }
}
