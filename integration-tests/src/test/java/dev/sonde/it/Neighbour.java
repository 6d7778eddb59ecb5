package dev.sonde.it;

import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/// A bundle without code, in whose name a test registers event handlers and publishes events. For
/// frameworks of [TestDevice#startOnly].
final class Neighbour {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Bundle bundle;

  private Neighbour(Bundle bundle) {
    this.bundle = bundle;
  }

  /// Installs and starts one that has a name of its own.
  static Neighbour in(TestDevice device) throws Exception {
    return of(device, Map.of());
  }

  /// The same, with further headers.
  static Neighbour of(TestDevice device, Map<String, String> headers) throws Exception {
    String name = "com.acme.neighbour" + NUMBER.incrementAndGet();
    return new Neighbour(device.install(name, TestBundles.empty(name, headers)));
  }

  Bundle bundle() {
    return bundle;
  }

  String name() {
    return bundle.getSymbolicName();
  }

  void uninstall() throws BundleException {
    if (bundle.getState() != Bundle.UNINSTALLED) {
      bundle.uninstall();
    }
  }

  /// The service that `getServiceReference` gives it.
  EventAdmin admin() {
    BundleContext context = bundle.getBundleContext();
    return context.getService(context.getServiceReference(EventAdmin.class));
  }

  /// The service that a certain bundle offers.
  EventAdmin adminOf(Bundle provider) throws InvalidSyntaxException {
    BundleContext context = bundle.getBundleContext();
    return context.getServiceReferences(EventAdmin.class, null).stream()
        .filter(reference -> provider.equals(reference.getBundle()))
        .map(context::getService)
        .findFirst()
        .orElseThrow(() -> new AssertionError("No EventAdmin of " + provider));
  }

  void post(String topic, Map<String, ?> properties) {
    admin().postEvent(new Event(topic, properties));
  }

  void send(String topic, Map<String, ?> properties) {
    admin().sendEvent(new Event(topic, properties));
  }

  /// Registers one that notes what it hears.
  ///
  /// @param topics the value of its property `event.topics`
  Heard hear(Object topics) {
    return hear(Map.of(EventConstants.EVENT_TOPIC, topics));
  }

  /// Registers one that notes what it hears.
  ///
  /// @param properties of the service
  Heard hear(Map<String, ?> properties) {
    Heard heard = new Heard();
    heard.registration(register(heard, properties));
    return heard;
  }

  ServiceRegistration<?> register(EventHandler handler, String topic) {
    return register(handler, Map.of(EventConstants.EVENT_TOPIC, topic));
  }

  /// Registers a handler, or a factory of it.
  ServiceRegistration<?> register(Object handler, Map<String, ?> properties) {
    return bundle
        .getBundleContext()
        .registerService(EventHandler.class.getName(), handler, new Hashtable<>(properties));
  }

  /// How a handler is called in messages and accounts.
  static String nameOf(ServiceRegistration<?> registration) {
    ServiceReference<?> reference = registration.getReference();
    return reference.getBundle().getSymbolicName() + "#" + reference.getProperty("service.id");
  }

  /// Properties of a handler.
  static Map<String, Object> wanting(Object topics, String key, Object value) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(EventConstants.EVENT_TOPIC, topics);
    properties.put(key, value);
    return properties;
  }
}
