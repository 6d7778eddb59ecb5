package com.acme.hostile;

import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/// Plain handlers that do what no handler should. Which of them listen is said through a service;
/// another has the number of calls of each.
public final class HostileBundle implements BundleActivator {

  private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);

  @Override
  public void start(BundleContext context) {
    EventAdmin admin = context.getService(context.getServiceReference(EventAdmin.class));
    BiConsumer<String, String> listen =
        (kind, topic) -> {
          EventHandler handler = handler(kind, admin);
          AtomicLong count = calls.computeIfAbsent(kind, _ -> new AtomicLong());
          context.registerService(
              EventHandler.class,
              event -> {
                count.incrementAndGet();
                handler.handleEvent(event);
              },
              with(EventConstants.EVENT_TOPIC, topic));
        };
    Runnable postUnreadable =
        () ->
            admin.postEvent(new Event("com/acme/valve/OPENED", Map.of("valve", new Unreadable())));
    context.registerService(BiConsumer.class, listen, with("test", "hostile"));
    context.registerService(Map.class, calls, with("test", "hostile"));
    context.registerService(CountDownLatch.class, released, with("test", "hostile"));
    context.registerService(Runnable.class, postUnreadable, with("test", "hostile"));
  }

  private static Dictionary<String, Object> with(String key, String value) {
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(key, value);
    return properties;
  }

  private EventHandler handler(String kind, EventAdmin admin) {
    return switch (kind) {
      case "hangs" -> _ -> hang();
      case "throws" ->
          _ -> {
            throw new IllegalStateException("I do not like events");
          };
      case "errs" ->
          _ -> {
            throw new StackOverflowError("nor do I");
          };
      case "slow" -> _ -> LockSupport.parkNanos(200_000);
      case "repeats once" ->
          event -> {
            if (!event.containsProperty("repeated")) {
              admin.postEvent(copy(event, event.getTopic()));
            }
          };
      case "repeats for ever" -> admin::postEvent;
      case "passes on" -> event -> admin.postEvent(copy(event, "org/example/PASSED_ON"));
      case "sends on" -> event -> admin.sendEvent(copy(event, "org/example/SENT_ON"));
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private void hang() {
    while (released.getCount() > 0) {
      try {
        released.await();
      } catch (InterruptedException e) {
        // Goes on hanging.
      }
    }
  }

  private static Event copy(Event event, String topic) {
    Map<String, Object> properties = new HashMap<>();
    for (String name : event.getPropertyNames()) {
      properties.put(name, event.getProperty(name));
    }
    properties.put("repeated", true);
    return new Event(topic, properties);
  }

  /// A value that can not be shown.
  private static final class Unreadable {
    @Override
    public String toString() {
      throw new IllegalStateException("nobody reads me");
    }
  }

  @Override
  public void stop(BundleContext context) {}
}
