package dev.sonde.it;

import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventHandler;

/// A plain handler that notes what it hears.
final class Heard implements EventHandler {

  private final Queue<Event> events = new ConcurrentLinkedQueue<>();
  private volatile ServiceRegistration<?> registration;

  @Override
  public void handleEvent(Event event) {
    events.add(event);
  }

  void registration(ServiceRegistration<?> its) {
    registration = its;
  }

  /// How it is called in messages and accounts.
  String name() {
    return Neighbour.nameOf(registration);
  }

  void unregister() {
    registration.unregister();
  }

  /// Gives it other properties.
  void modify(Map<String, ?> properties) {
    registration.setProperties(new Hashtable<>(properties));
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  List<String> topics() {
    return events.stream().map(Event::getTopic).toList();
  }

  /// The values of a property of what it has heard, without those events that have none.
  List<Object> values(String property) {
    return events.stream()
        .map(event -> event.getProperty(property))
        .filter(Objects::nonNull)
        .toList();
  }

  int size() {
    return events.size();
  }

  /// Waits until it has heard so many.
  void await(int number) throws Exception {
    TestDevice.await(number + " events", () -> size() >= number);
  }

  /// Waits until it has heard an event on a topic.
  void awaitTopic(String topic) throws Exception {
    TestDevice.await("an event on " + topic, () -> topics().contains(topic));
  }
}
