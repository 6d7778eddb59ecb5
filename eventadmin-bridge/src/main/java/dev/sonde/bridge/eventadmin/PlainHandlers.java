package dev.sonde.bridge.eventadmin;

import dev.sonde.bus.TopicPattern;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.util.tracker.ServiceTracker;

/// Which topics the plain `EventHandler` services of other bundles want. While there are none,
/// nothing leaves the bus.
final class PlainHandlers {

  private final Map<ServiceReference<EventHandler>, List<TopicPattern>> wanted =
      new ConcurrentHashMap<>();
  private final ServiceTracker<EventHandler, ServiceReference<EventHandler>> tracker;

  /// @param changed called after each change
  PlainHandlers(BundleContext context, Runnable changed) {
    tracker =
        new ServiceTracker<>(context, EventHandler.class, null) {
          @Override
          public ServiceReference<EventHandler> addingService(
              ServiceReference<EventHandler> handler) {
            note(handler);
            return handler;
          }

          @Override
          public void modifiedService(
              ServiceReference<EventHandler> handler, ServiceReference<EventHandler> same) {
            note(handler);
          }

          @Override
          public void removedService(
              ServiceReference<EventHandler> handler, ServiceReference<EventHandler> same) {
            wanted.remove(handler);
            changed.run();
          }

          private void note(ServiceReference<EventHandler> handler) {
            if (!context.getBundle().equals(handler.getBundle())) {
              wanted.put(handler, patterns(handler.getProperty(EventConstants.EVENT_TOPIC)));
              changed.run();
            }
          }
        };
  }

  void open() {
    tracker.open();
  }

  void close() {
    tracker.close();
  }

  boolean want(String topic) {
    for (List<TopicPattern> patterns : wanted.values()) {
      for (TopicPattern pattern : patterns) {
        if (pattern.matches(topic)) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<TopicPattern> patterns(Object property) {
    Collection<?> texts =
        switch (property) {
          case null -> List.of();
          case String text -> List.of(text);
          case Object[] array -> Arrays.asList(array);
          case Collection<?> collection -> collection;
          default -> List.of();
        };
    return texts.stream().flatMap(PlainHandlers::pattern).toList();
  }

  private static Stream<TopicPattern> pattern(Object text) {
    try {
      return Stream.of(TopicPattern.of(String.valueOf(text)));
    } catch (IllegalArgumentException e) {
      // EventAdmin ignores what is no topic (§113.4.1), and so do we.
      return Stream.empty();
    }
  }
}
