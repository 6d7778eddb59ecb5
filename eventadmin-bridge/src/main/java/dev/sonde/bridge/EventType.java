package dev.sonde.bridge;

import dev.sonde.bus.Event;
import dev.sonde.bus.PlainEvent;
import dev.sonde.bus.Topic;
import dev.sonde.bus.TopicPattern;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the bus needs to know of an event's class: its topic, and the component that is the topic's
/// key.
final class EventType {

  private final Class<? extends Event> eventClass;
  private final @Nullable String topic;
  private final boolean retained;
  private final @Nullable Method key;

  /// The route of this class, as long as it is known; written under the bus's order lock.
  volatile @Nullable Route route;

  private EventType(
      Class<? extends Event> eventClass,
      @Nullable String topic,
      boolean retained,
      @Nullable Method key) {
    this.eventClass = eventClass;
    this.topic = topic;
    this.retained = retained;
    this.key = key;
  }

  /// Reads the class.
  ///
  /// @throws IllegalArgumentException if it can not be published; says why
  static EventType of(Class<? extends Event> eventClass) {
    if (eventClass == PlainEvent.class) {
      return new EventType(eventClass, null, false, null);
    }
    if (!eventClass.isRecord()) {
      throw new IllegalArgumentException(
          eventClass.getName() + " is no record; events are records, so that they can not change");
    }
    Topic annotation = eventClass.getAnnotation(Topic.class);
    if (annotation == null) {
      throw new IllegalArgumentException(
          eventClass.getName() + " names no topic; annotate it with @Topic(\"…\")");
    }
    if (!TopicPattern.isTopic(annotation.value())) {
      throw new IllegalArgumentException(
          "@Topic(\""
              + annotation.value()
              + "\") of "
              + eventClass.getName()
              + " is no topic; write tokens of letters, digits, _ and - joined by /");
    }
    return new EventType(
        eventClass, annotation.value(), annotation.retained(), keyOf(eventClass, annotation.key()));
  }

  private static @Nullable Method keyOf(Class<?> eventClass, String component) {
    if (component.isEmpty()) {
      return null;
    }
    for (RecordComponent candidate : eventClass.getRecordComponents()) {
      if (candidate.getName().equals(component)) {
        Method accessor = candidate.getAccessor();
        accessor.setAccessible(true);
        return accessor;
      }
    }
    throw new IllegalArgumentException(
        "@Topic of "
            + eventClass.getName()
            + " names the key '"
            + component
            + "', which is no component of the record");
  }

  /// The records that a subscription to a type stands for: itself, or those that the sealed family
  /// permits.
  static Set<Class<? extends Event>> recordsOf(Class<? extends Event> type) {
    Set<Class<? extends Event>> records = new LinkedHashSet<>();
    if (type.isRecord()) {
      records.add(type);
    } else if (type.isSealed()) {
      Arrays.stream(type.getPermittedSubclasses())
          .map(permitted -> permitted.<Event>asSubclass(Event.class))
          .forEach(permitted -> records.addAll(recordsOf(permitted)));
    }
    return records;
  }

  /// The topic that a record class declares.
  static @Nullable String declaredTopic(Class<?> type) {
    Topic annotation = type.getAnnotation(Topic.class);
    return annotation == null ? null : annotation.value();
  }

  Class<? extends Event> eventClass() {
    return eventClass;
  }

  boolean isRetained() {
    return retained;
  }

  String topicOf(Event event) {
    return topic != null ? topic : ((PlainEvent) event).topic();
  }

  /// The topic of the class, or null where each event carries its own.
  @Nullable String topic() {
    return topic;
  }

  /// What tells this event's thing from others of the same topic: the topic itself, or topic and
  /// key.
  Object identityOf(Event event) {
    String eventTopic = topicOf(event);
    return key == null ? eventTopic : new Keyed(eventTopic, String.valueOf(read(key, event)));
  }

  private static @Nullable Object read(Method key, Event event) {
    try {
      return key.invoke(event);
    } catch (IllegalAccessException | InvocationTargetException e) {
      // An accessor that throws tells nothing apart; the event itself is still good.
      return null;
    }
  }

  private record Keyed(String topic, String key) {}
}
