package dev.sonde.bridge;

import static java.util.stream.Collectors.joining;

import dev.sonde.bus.Event;
import dev.sonde.bus.TopicPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Filter;

/// What a plain handler wants: typed or not, whatever is on its topics.
///
/// @param topics the topics and prefixes
/// @param filter what else must be so, looked at for each event by whoever publishes it
public record HandlerMatcher(List<TopicPattern> topics, @Nullable Filter filter)
    implements Matcher {

  /// As handlers write it.
  @Override
  public String toString() {
    if (topics.isEmpty()) {
      return "(no topic)";
    }
    String patterns = topics.stream().map(TopicPattern::toString).collect(joining(" "));
    return filter == null ? patterns : patterns + " " + filter;
  }

  @Override
  public List<TopicPattern> index() {
    return topics;
  }

  @Override
  public boolean mayMatch(Class<? extends Event> eventClass) {
    return !topics.isEmpty();
  }

  @Override
  public boolean matches(Class<? extends Event> eventClass, String topic) {
    for (TopicPattern pattern : topics) {
      if (pattern.matches(topic)) {
        return true;
      }
    }
    return false;
  }
}
