package dev.sonde.logger;

/// The colours of the console, by their SGR parameter (ECMA-48 §8.3.117).
enum Style {
  PLAIN(""),
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  MAGENTA("35"),
  CYAN("36");

  private final String parameter;

  Style(String parameter) {
    this.parameter = parameter;
  }

  /// The colour of an event: its level where that matters, else its family.
  static Style of(Level level, String topic) {
    return switch (level) {
      case ERROR, OFF -> RED;
      case WARNING -> YELLOW;
      case INFO -> ofFamily(topic);
    };
  }

  private static Style ofFamily(String topic) {
    if (topic.startsWith("sonde/network/")) {
      return CYAN;
    }
    if (topic.startsWith("sonde/input/")) {
      return MAGENTA;
    }
    return topic.startsWith("sonde/") ? BLUE : GREEN;
  }

  /// The text between the sequences that switch this colour on and everything off.
  String wrap(String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + parameter + "m" + text + "\u001b[m";
  }
}
