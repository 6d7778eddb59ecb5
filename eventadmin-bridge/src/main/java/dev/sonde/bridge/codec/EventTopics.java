package dev.sonde.bridge.codec;

import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.BundleTracker;

/// Which record belongs to a topic, by the capabilities that bundles declare ([Topic]). Holds names
/// and bundles, never classes.
public final class EventTopics {

  private static final int RESOLVED =
      Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

  private final Map<String, Declared> declared = new ConcurrentHashMap<>();
  private final BundleTracker<List<String>> tracker;

  private record Declared(Bundle bundle, String className) {}

  /// Watches the bundles of a framework from [#open] on.
  public EventTopics(BundleContext context) {
    tracker =
        new BundleTracker<>(context, RESOLVED, null) {
          @Override
          public List<String> addingBundle(Bundle bundle, BundleEvent event) {
            return declare(bundle);
          }

          @Override
          public void removedBundle(Bundle bundle, BundleEvent event, List<String> topics) {
            topics.forEach(topic -> forget(bundle, topic));
          }
        };
  }

  /// Begins to watch.
  public void open() {
    tracker.open();
  }

  /// Ends it.
  public void close() {
    tracker.close();
  }

  private List<String> declare(Bundle bundle) {
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    if (wiring == null) {
      return List.of();
    }
    List<BundleCapability> capabilities = wiring.getCapabilities(Topic.CAPABILITY);
    for (BundleCapability capability : capabilities) {
      Object className = capability.getAttributes().get("class");
      if (className != null) {
        declared.putIfAbsent(topicOf(capability), new Declared(bundle, className.toString()));
      }
    }
    return capabilities.stream().map(EventTopics::topicOf).toList();
  }

  private static String topicOf(BundleCapability capability) {
    return String.valueOf(capability.getAttributes().get(Topic.CAPABILITY));
  }

  private void forget(Bundle bundle, String topic) {
    declared.computeIfPresent(topic, (name, entry) -> entry.bundle.equals(bundle) ? null : entry);
  }

  /// The record of a topic, if a bundle declares one and it can be loaded.
  public Optional<Class<? extends Event>> typeOf(String topic) {
    Declared entry = declared.get(topic);
    if (entry == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(entry.bundle.loadClass(entry.className).asSubclass(Event.class));
    } catch (ClassNotFoundException | LinkageError | ClassCastException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  /// Topics and the names of their records.
  public SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    declared.forEach((topic, entry) -> all.put(topic, entry.className));
    return all;
  }
}
