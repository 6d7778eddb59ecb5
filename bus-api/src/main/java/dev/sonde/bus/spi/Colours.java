package dev.sonde.bus.spi;

import java.util.Map;

/// Colours of what shell commands print, by their SGR parameters (ECMA-48 §8.3.117): on a terminal,
/// and nowhere else. Texts are to be padded before they are coloured.
public enum Colours {
  /// Texts stay as they are.
  NONE,
  /// Texts come between the sequences that switch a colour on and off.
  SHOWN;

  /// Whether to show colours. `NO_COLOR` is honoured as no-color.org has it: any value but the
  /// empty one.
  ///
  /// @param environment the process's variables
  /// @param terminal whether a person looks at it, rather than a file or a pipe
  /// @return the colours to use
  public static Colours of(Map<String, String> environment, boolean terminal) {
    boolean wanted =
        terminal
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb");
    return wanted ? SHOWN : NONE;
  }

  /// For a heading.
  ///
  /// @param text any text
  /// @return the text in bold
  public String heading(String text) {
    return wrap("1", text);
  }

  /// For what matters less.
  ///
  /// @param text any text
  /// @return the text, dimmed
  public String aside(String text) {
    return wrap("2", text);
  }

  /// For the name of a thing.
  ///
  /// @param text any text
  /// @return the text in cyan
  public String name(String text) {
    return wrap("36", text);
  }

  /// For what is as it should be.
  ///
  /// @param text any text
  /// @return the text in green
  public String good(String text) {
    return wrap("32", text);
  }

  /// For what somebody should look at.
  ///
  /// @param text any text
  /// @return the text in yellow
  public String warning(String text) {
    return wrap("33", text);
  }

  /// For what failed.
  ///
  /// @param text any text
  /// @return the text in red
  public String alarm(String text) {
    return wrap("31", text);
  }

  private String wrap(String parameter, String text) {
    return this == NONE || text.isEmpty() ? text : "\u001b[" + parameter + "m" + text + "\u001b[m";
  }
}
