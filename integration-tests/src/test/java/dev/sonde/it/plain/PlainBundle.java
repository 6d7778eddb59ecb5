package dev.sonde.it.plain;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/// A bundle that knows nothing but `org.osgi.service.event`.
public final class PlainBundle implements BundleActivator {

  private final Queue<Map<String, Object>> heard = new ConcurrentLinkedQueue<>();

  @Override
  public void start(BundleContext context) {
    EventAdmin admin = context.getService(context.getServiceReference(EventAdmin.class));
    handle(context, "com/acme/*", "");
    handle(context, "sonde/input/*", "");
    handle(context, "sonde/filtered/*", "(level>=5)");
    BiConsumer<String, Map<String, Object>> post =
        (topic, properties) -> admin.postEvent(new Event(topic, properties));
    BiConsumer<String, Map<String, Object>> send =
        (topic, properties) -> admin.sendEvent(new Event(topic, properties));
    context.registerService(Queue.class, heard, test("plain"));
    context.registerService(BiConsumer.class, post, test("plain"));
    context.registerService(BiConsumer.class, send, test("plain send"));
  }

  private void handle(BundleContext context, String topic, String filter) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(EventConstants.EVENT_TOPIC, new String[] {topic});
    if (!filter.isEmpty()) {
      properties.put(EventConstants.EVENT_FILTER, filter);
    }
    context.registerService(EventHandler.class, this::hear, properties);
  }

  private void hear(Event event) {
    Map<String, Object> properties = new HashMap<>();
    for (String name : event.getPropertyNames()) {
      properties.put(name, event.getProperty(name));
    }
    heard.add(properties);
  }

  private static Dictionary<String, Object> test(String name) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put("test", name);
    return properties;
  }

  @Override
  public void stop(BundleContext context) {}
}
