package dev.sonde.benchmarks.bus;

import java.util.Map;
import java.util.function.LongConsumer;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventHandler;

/// An implementation of OSGi Event Admin: each subscriber is a handler service
/// of a bundle of its own.
final class EventAdminContender implements Contender {

  private static final String VALUE = "value";

  private final EmbeddedFramework framework;
  private int subscribers;
  private int publishers;

  /// @param bundles the folder of its bundles
  /// @param properties its settings
  EventAdminContender(String bundles, Map<String, String> properties) {
    framework = new EmbeddedFramework(bundles, properties);
  }

  @Override
  public void subscribe(String pattern, LongConsumer receiver) {
    framework.handle(
        "bench.subscriber" + ++subscribers,
        pattern,
        event -> receiver.accept((Long) event.getProperty(VALUE)));
  }

  @Override
  public void subscribeBelow(String pattern, LongConsumer receiver) {
    subscribe(pattern, receiver);
  }

  @Override
  public Publisher publisher() {
    TopicPublisher publisher = topicPublisher();
    return value -> publisher.publish(Tick.TOPIC, value);
  }

  @Override
  public Publisher sender() {
    EventAdmin admin = admin();
    return value -> admin.sendEvent(new Event(Tick.TOPIC, Map.of(VALUE, value)));
  }

  private synchronized EventAdmin admin() {
    return EmbeddedFramework.service(
        framework.bundle("bench.publisher" + ++publishers), EventAdmin.class);
  }

  @Override
  public void subscribePlainly(EventHandler handler) {
    framework.handle("com.acme.plain", Tick.TOPIC, handler);
  }

  @Override
  public TopicPublisher topicPublisher() {
    EventAdmin admin = admin();
    return (topic, value) -> admin.postEvent(new Event(topic, Map.of(VALUE, value)));
  }

  @Override
  public void close() {
    framework.close();
  }
}
