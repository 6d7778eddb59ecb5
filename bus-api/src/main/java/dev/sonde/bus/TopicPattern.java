package dev.sonde.bus;

/// A topic, or a prefix that stands for all topics below it.
///
/// The forms are those of OSGi Event Admin (§113.3.1): `a/b` matches that topic alone, `a/b/*`
/// every topic that begins with `a/b/`, and `*` every topic.
///
/// @param prefix what a matching topic begins with, or is equal to if [#exact]
/// @param exact whether only the topic itself matches
public record TopicPattern(String prefix, boolean exact) {

  /// Reads a pattern.
  ///
  /// @param pattern `a/b`, `a/b/*` or `*`
  /// @return the pattern
  /// @throws IllegalArgumentException if it has another form
  public static TopicPattern of(String pattern) {
    if (pattern.equals("*")) {
      return new TopicPattern("", false);
    }
    boolean exact = !pattern.endsWith("/*");
    String tokens = exact ? pattern : pattern.substring(0, pattern.length() - 2);
    if (!isTopic(tokens)) {
      throw new IllegalArgumentException(
          "'"
              + pattern
              + "' is no topic pattern; write a/b for one topic, a/b/* for all below, or *");
    }
    return new TopicPattern(exact ? tokens : tokens + "/", exact);
  }

  /// Whether a text is a topic: tokens of letters, digits, `_` and `-`, joined by `/`.
  ///
  /// @param topic any text
  /// @return true if it is one
  public static boolean isTopic(String topic) {
    // Not a regular expression: every plain event is checked, so it must be quick and allocate
    // nothing.
    boolean inToken = false;
    for (int i = 0; i < topic.length(); i++) {
      char c = topic.charAt(i);
      if (!isOfToken(c) && !(c == '/' && inToken)) {
        return false;
      }
      inToken = c != '/';
    }
    return inToken;
  }

  private static boolean isOfToken(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  /// Whether a topic matches.
  ///
  /// @param topic a topic
  /// @return true if it does
  public boolean matches(String topic) {
    return exact ? topic.equals(prefix) : topic.startsWith(prefix);
  }

  /// The pattern as it is written.
  @Override
  public String toString() {
    return exact ? prefix : prefix + "*";
  }
}
