package dev.sonde.bridge;

import dev.sonde.bus.Event;
import dev.sonde.bus.TopicPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Which inboxes an event reaches. Guarded by the bus's order lock.
///
/// Inboxes that match by topic alone are found by the topic and its prefixes; the others, which
/// match by class, are asked one by one. The result is kept for each event class, and for a bounded
/// number of topics that no class declares.
final class Routing {

  /// Routes of topics that no record declares; forgotten all together when there are more.
  private static final int MAX_PLAIN_ROUTES = 4096;

  private final Map<TopicPattern, List<EventInbox>> byTopic = new HashMap<>();
  private final List<EventInbox> byClass = new ArrayList<>();
  private final Map<RingKey, Ring> rings = new HashMap<>();
  private final Map<String, Route> plainRoutes = new HashMap<>();
  private final List<EventType> routed = new ArrayList<>();

  private record RingKey(Matcher matcher, int capacity, long capacityBytes) {}

  private static RingKey keyOf(EventInbox.Claim claim) {
    return new RingKey(
        claim.matcher(), claim.subscription().capacity(), claim.subscription().capacityBytes());
  }

  /// The ring of all inboxes like this one.
  Ring ringFor(EventInbox.Claim claim) {
    RingKey key = keyOf(claim);
    return rings.computeIfAbsent(key, k -> new Ring(k.capacity, k.capacityBytes));
  }

  Iterable<Ring> rings() {
    return rings.values();
  }

  void add(EventInbox inbox) {
    List<TopicPattern> topics = inbox.matcher().index();
    if (topics.isEmpty()) {
      byClass.add(inbox);
    }
    topics.forEach(topic -> byTopic.computeIfAbsent(topic, t -> new ArrayList<>()).add(inbox));
  }

  void remove(EventInbox inbox) {
    byClass.remove(inbox);
    for (TopicPattern topic : inbox.matcher().index()) {
      List<EventInbox> same = byTopic.get(topic);
      if (same != null && same.remove(inbox) && same.isEmpty()) {
        byTopic.remove(topic);
      }
    }
    rings.values().removeIf(Ring::isUnread);
  }

  /// Forgets all routes, for inboxes have changed.
  void forgetRoutes() {
    routed.forEach(type -> type.route = null);
    routed.clear();
    plainRoutes.clear();
  }

  Route routeOf(EventType type, String topic) {
    Route known = type.topic() == null ? plainRoutes.get(topic) : type.route;
    return known != null ? known : note(type, topic, route(type.eventClass(), topic));
  }

  private Route note(EventType type, String topic, Route route) {
    if (type.topic() != null) {
      type.route = route;
      routed.add(type);
    } else {
      if (plainRoutes.size() >= MAX_PLAIN_ROUTES) {
        plainRoutes.clear();
      }
      plainRoutes.put(topic, route);
    }
    return route;
  }

  private Route route(Class<? extends Event> eventClass, String topic) {
    Set<EventInbox> matching = new LinkedHashSet<>();
    Predicate<EventInbox> matches = inbox -> inbox.matcher().matches(eventClass, topic);
    byClass.stream().filter(matches).forEach(matching::add);
    at(new TopicPattern(topic, true)).stream().filter(matches).forEach(matching::add);
    int end = 0;
    do {
      at(new TopicPattern(topic.substring(0, end), false)).stream()
          .filter(matches)
          .forEach(matching::add);
      end = topic.indexOf('/', end) + 1;
    } while (end > 0);
    return Route.to(matching);
  }

  private List<EventInbox> at(TopicPattern pattern) {
    return byTopic.getOrDefault(pattern, List.of());
  }
}
