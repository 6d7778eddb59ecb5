package dev.sonde.launcher;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The process that uses a home directory, as it has written down itself: `1234 running`.
///
/// @param pid its id, 0 if unknown
/// @param stage how far it has come
record Occupant(long pid, Stage stage) {

  /// Has not written anything yet.
  static final Occupant UNKNOWN = new Occupant(0, Stage.STARTING);

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18}) ([a-z-]+)\\s*");

  static Optional<Occupant> parse(String text) {
    Matcher matcher = WRITTEN.matcher(text);
    return matcher.matches()
        ? Arrays.stream(Stage.values())
            .filter(stage -> stage.token().equals(matcher.group(2)))
            .findFirst()
            .map(stage -> new Occupant(Long.parseLong(matcher.group(1)), stage))
        : Optional.empty();
  }

  String process() {
    return pid == 0 ? "another process" : "process " + pid;
  }

  @Override
  public String toString() {
    return pid + " " + stage.token() + "\n";
  }
}
