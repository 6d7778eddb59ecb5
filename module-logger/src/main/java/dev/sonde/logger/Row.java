package dev.sonde.logger;

/// An event as the history keeps it.
///
/// @param sequence its place in the order of all events
/// @param epochMicros when it was published
/// @param topic its topic
/// @param module who published it
/// @param causedBy the event that was being handled, or 0
/// @param level how grave it is
/// @param event its components as JSON
record Row(
    long sequence,
    long epochMicros,
    String topic,
    String module,
    long causedBy,
    Level level,
    String event) {

  private static final String EVENT = ",\"event\":";

  /// Takes the components out of a whole line. What comes before them can not hold the name of
  /// their field: within a JSON string its quotes would be escaped.
  static String eventOf(String line) {
    return line.substring(line.indexOf(EVENT) + EVENT.length(), line.length() - 1);
  }
}
