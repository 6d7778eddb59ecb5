package dev.sonde.network;

import dev.sonde.bus.TopicPattern;
import java.util.Optional;

/// What the `record` setting asks for: nothing, everything, or what is around events.
///
/// @param always whether everything is recorded
/// @param around the topics of the events around which is recorded
record RecordingChoice(boolean always, Optional<TopicPattern> around) {

  static final RecordingChoice OFF = new RecordingChoice(false, Optional.empty());

  private static final RecordingChoice ALWAYS = new RecordingChoice(true, Optional.empty());

  /// Reads `off`, `always`, or a topic pattern.
  ///
  /// @throws IllegalArgumentException if it is none of these
  static RecordingChoice parse(String text) {
    return switch (text) {
      case "off" -> OFF;
      case "always" -> ALWAYS;
      default -> new RecordingChoice(false, Optional.of(pattern(text)));
    };
  }

  private static TopicPattern pattern(String text) {
    try {
      return TopicPattern.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "is '" + text + "'; expected off, always, or a topic such as sonde/alert/*", e);
    }
  }
}
