package dev.sonde.bridge;

import dev.sonde.bus.Event;
import dev.sonde.bus.Subscription;
import dev.sonde.bus.TopicPattern;
import java.util.List;
import java.util.Set;

/// Matches as a [Subscription] says.
///
/// @param types accepted types
/// @param topics accepted topics and prefixes
/// @param exceptions topics and prefixes that are left out
/// @param byName whether a type of the same name, from another class loader, is accepted too: while
///     a module is away its inbox holds the classes of the old version, and events of the new one
///     must not pass it by
record SubscriptionMatcher(
    Set<Class<? extends Event>> types,
    List<TopicPattern> topics,
    List<TopicPattern> exceptions,
    boolean byName)
    implements Matcher {

  static SubscriptionMatcher of(Subscription<?> subscription) {
    return new SubscriptionMatcher(
        subscription.types(),
        subscription.topics().stream().map(TopicPattern::of).toList(),
        subscription.exceptions().stream().map(TopicPattern::of).toList(),
        false);
  }

  @Override
  public List<TopicPattern> index() {
    return types.isEmpty() && exceptions.isEmpty() ? topics : List.of();
  }

  @Override
  public boolean mayMatch(Class<? extends Event> eventClass) {
    return !topics.isEmpty() || matchesType(eventClass);
  }

  @Override
  public SubscriptionMatcher whileAway() {
    return new SubscriptionMatcher(types, topics, exceptions, true);
  }

  @Override
  public boolean matches(Class<? extends Event> eventClass, String topic) {
    return (matchesTopic(topic) || matchesType(eventClass))
        && exceptions.stream().noneMatch(pattern -> pattern.matches(topic));
  }

  private boolean matchesTopic(String topic) {
    for (TopicPattern pattern : topics) {
      if (pattern.matches(topic)) {
        return true;
      }
    }
    return false;
  }

  private boolean matchesType(Class<? extends Event> eventClass) {
    for (Class<? extends Event> type : types) {
      if (type.isAssignableFrom(eventClass) || (byName && isNamed(eventClass, type.getName()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNamed(Class<?> type, String name) {
    if (type.getName().equals(name)) {
      return true;
    }
    for (Class<?> parent : type.getInterfaces()) {
      if (isNamed(parent, name)) {
        return true;
      }
    }
    return false;
  }
}
