package dev.sonde.bus;

import java.util.Map;

/// An event from a plain OSGi bundle that fits no record: a topic and its properties. Also what a
/// module publishes when it has no record to offer.
///
/// Unlike other events it carries its topic as a component. Properties are copied when it is made;
/// their values are shared and must not be changed.
///
/// @param topic a topic, as [TopicPattern#isTopic] has it
/// @param properties names and values, without `event.topics`
public record PlainEvent(String topic, Map<String, Object> properties) implements Event {

  /// Checks and copies.
  ///
  /// @throws IllegalArgumentException if the topic is none
  /// @throws NullPointerException if a name or a value is null
  public PlainEvent {
    if (!TopicPattern.isTopic(topic)) {
      throw new IllegalArgumentException(
          "'" + topic + "' is no topic; write tokens of letters, digits, _ and - joined by /");
    }
    properties = Map.copyOf(properties);
  }
}
