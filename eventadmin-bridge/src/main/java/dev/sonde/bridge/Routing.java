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
import org.jspecify.annotations.Nullable;

/// Which inboxes an event reaches. Guarded by the bus's order lock.
///
/// Inboxes that match by topic alone are found by the topic and its prefixes; the others, which
/// match by more than that, are asked one by one. The result is kept for each event class that
/// declares its topic. For topics that no record declares it is kept with the topic or longest
/// prefix that somebody has subscribed, so that it does not matter how many topics there are; where
/// one that is asked matches too, for a bounded number of topics.
final class Routing {

  /// Routes that depend on more than what is subscribed; forgotten all together when there are
  /// more.
  static final int MAX_PLAIN_ROUTES = 4096;

  private final Map<String, Place> topics = new HashMap<>();
  private final Map<String, Place> prefixes = new HashMap<>();
  private final List<EventInbox> asked = new ArrayList<>();
  private final Map<RingKey, Ring> rings = new HashMap<>();
  private final Map<String, Route> plainRoutes = new HashMap<>();
  private final List<EventType> routed = new ArrayList<>();
  private final Map<List<EventInbox>, Route> routes = new HashMap<>();

  /// Those of the asked that may match an event which declares no topic.
  private @Nullable List<EventInbox> askedOfPlain;

  private long changes;

  /// A topic or prefix that somebody has subscribed.
  private static final class Place {
    private final List<EventInbox> inboxes = new ArrayList<>();

    /// The route of plain events on this topic, or on topics with this as longest prefix.
    private Route route = Route.NOWHERE;

    private long routedAt = -1;
  }

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

  int ringCount() {
    return rings.size();
  }

  void add(EventInbox inbox) {
    List<TopicPattern> index = inbox.matcher().index();
    if (index.isEmpty()) {
      asked.add(inbox);
    }
    index.forEach(
        pattern ->
            placesLike(pattern)
                .computeIfAbsent(pattern.prefix(), p -> new Place())
                .inboxes
                .add(inbox));
  }

  void remove(EventInbox inbox) {
    asked.remove(inbox);
    for (TopicPattern pattern : inbox.matcher().index()) {
      Place place = placesLike(pattern).get(pattern.prefix());
      if (place != null && place.inboxes.remove(inbox) && place.inboxes.isEmpty()) {
        placesLike(pattern).remove(pattern.prefix());
      }
    }
    rings.values().removeIf(Ring::isUnread);
  }

  private Map<String, Place> placesLike(TopicPattern pattern) {
    return pattern.exact() ? topics : prefixes;
  }

  /// Forgets all routes, for inboxes have changed.
  void forgetRoutes() {
    changes++;
    routed.forEach(type -> type.route = null);
    routed.clear();
    plainRoutes.clear();
    routes.clear();
    askedOfPlain = null;
  }

  /// How many routes are kept for topics that nobody has subscribed by name.
  int plainRoutes() {
    return plainRoutes.size();
  }

  /// How many topics, prefixes, and inboxes that are asked are looked at for a new route.
  int entries() {
    return topics.size() + prefixes.size() + asked.size();
  }

  Route routeOf(EventType type, String topic) {
    if (type.topic() == null) {
      return plainRoute(type.eventClass(), topic);
    }
    Route known = type.route;
    if (known == null) {
      known = route(type.eventClass(), topic);
      type.route = known;
      routed.add(type);
    }
    return known;
  }

  private Route plainRoute(Class<? extends Event> eventClass, String topic) {
    Route known = plainRoutes.get(topic);
    if (known != null) {
      return known;
    }
    if (isAnyMatching(askedOf(eventClass), eventClass, topic)) {
      return note(topic, route(eventClass, topic));
    }
    Place place = placeOf(topic);
    if (place == null) {
      return Route.NOWHERE;
    }
    if (place.routedAt != changes) {
      place.route = route(eventClass, topic);
      place.routedAt = changes;
    }
    return place.route;
  }

  private Route note(String topic, Route route) {
    if (plainRoutes.size() >= MAX_PLAIN_ROUTES) {
      plainRoutes.clear();
    }
    plainRoutes.put(topic, route);
    return route;
  }

  private List<EventInbox> askedOf(Class<? extends Event> plain) {
    List<EventInbox> known = askedOfPlain;
    if (known == null) {
      known = asked.stream().filter(inbox -> inbox.matcher().mayMatch(plain)).toList();
      askedOfPlain = known;
    }
    return known;
  }

  private static boolean isAnyMatching(
      List<EventInbox> inboxes, Class<? extends Event> eventClass, String topic) {
    for (EventInbox inbox : inboxes) {
      if (inbox.matcher().matches(eventClass, topic)) {
        return true;
      }
    }
    return false;
  }

  /// The place of a topic: its own, or its longest prefix.
  private @Nullable Place placeOf(String topic) {
    Place place = topics.get(topic);
    int end = topic.length();
    while (place == null && end >= 0 && !prefixes.isEmpty()) {
      end = topic.lastIndexOf('/', end - 1);
      place = prefixes.get(topic.substring(0, end + 1));
    }
    return place;
  }

  private Route route(Class<? extends Event> eventClass, String topic) {
    Set<EventInbox> matching = new LinkedHashSet<>();
    Predicate<EventInbox> matches = inbox -> inbox.matcher().matches(eventClass, topic);
    asked.stream().filter(matches).forEach(matching::add);
    at(topics, topic).stream().filter(matches).forEach(matching::add);
    int end = 0;
    do {
      at(prefixes, topic.substring(0, end)).stream().filter(matches).forEach(matching::add);
      end = topic.indexOf('/', end) + 1;
    } while (end > 0);
    return routes.computeIfAbsent(List.copyOf(matching), Route::to);
  }

  private static List<EventInbox> at(Map<String, Place> places, String prefix) {
    Place place = places.get(prefix);
    return place == null ? List.of() : place.inboxes;
  }
}
