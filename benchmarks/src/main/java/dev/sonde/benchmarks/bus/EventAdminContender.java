package dev.sonde.benchmarks.bus;

import java.util.Map;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;

/// An implementation of OSGi Event Admin, used asynchronously.
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
  public void subscribe(String pattern, Receiver receiver) {
    EventHandler handler = event -> receiver.receive((Long) event.getProperty(VALUE));
    var _ =
        framework
            .bundle("bench.subscriber" + ++subscribers)
            .getBundleContext()
            .registerService(
                EventHandler.class,
                handler,
                FrameworkUtil.asDictionary(Map.of(EventConstants.EVENT_TOPIC, pattern)));
  }

  @Override
  public synchronized Publisher publisher() {
    EventAdmin admin =
        EmbeddedFramework.service(
            framework.bundle("bench.publisher" + ++publishers), EventAdmin.class);
    return value -> admin.postEvent(new Event(Tick.TOPIC, Map.of(VALUE, value)));
  }

  @Override
  public void close() {
    framework.close();
  }
}
