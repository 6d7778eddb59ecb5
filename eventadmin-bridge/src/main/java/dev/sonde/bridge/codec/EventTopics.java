package dev.sonde.bridge.codec;

import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.BundleTracker;

/// Which record belongs to a topic, by the capabilities that bundles declare ([Topic]). Where
/// several declare the same topic, it is that of the first as long as that is there. Keeps no class
/// from going.
public final class EventTopics {

  private static final int RESOLVED =
      Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

  private final Map<String, List<Declared>> declared = new ConcurrentHashMap<>();
  private final BundleTracker<List<String>> tracker;

  /// A bundle's record, loaded when it is first asked for. A bundle that is resolved anew declares
  /// it anew.
  private static final class Declared {
    private final Bundle bundle;
    private final String className;
    private volatile WeakReference<Class<? extends Event>> loaded = new WeakReference<>(null);

    Declared(Bundle bundle, String className) {
      this.bundle = bundle;
      this.className = className;
    }

    Optional<Class<? extends Event>> type() {
      Class<? extends Event> known = loaded.get();
      return known == null ? load() : Optional.of(known);
    }

    private Optional<Class<? extends Event>> load() {
      try {
        Class<? extends Event> type = bundle.loadClass(className).asSubclass(Event.class);
        loaded = new WeakReference<>(type);
        return Optional.of(type);
      } catch (ClassNotFoundException
          | LinkageError
          | ClassCastException
          | IllegalStateException e) {
        return Optional.empty();
      }
    }
  }

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
        Declared entry = new Declared(bundle, className.toString());
        declared.merge(topicOf(capability), List.of(entry), EventTopics::concat);
      }
    }
    return capabilities.stream().map(EventTopics::topicOf).toList();
  }

  private static List<Declared> concat(List<Declared> before, List<Declared> more) {
    return Stream.concat(before.stream(), more.stream()).toList();
  }

  private static String topicOf(BundleCapability capability) {
    return String.valueOf(capability.getAttributes().get(Topic.CAPABILITY));
  }

  private void forget(Bundle bundle, String topic) {
    declared.computeIfPresent(
        topic,
        (name, entries) -> {
          List<Declared> others =
              entries.stream().filter(entry -> !entry.bundle.equals(bundle)).toList();
          return others.isEmpty() ? null : others;
        });
  }

  /// The record of a topic, if a bundle declares one and it can be loaded.
  public Optional<Class<? extends Event>> typeOf(String topic) {
    List<Declared> entries = declared.get(topic);
    return entries == null ? Optional.empty() : entries.getFirst().type();
  }

  /// Topics and the names of their records.
  public SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    declared.forEach((topic, entries) -> all.put(topic, entries.getFirst().className));
    return all;
  }
}
