package dev.sonde.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Changes one setting in the text of a configuration file and leaves everything else as its author
/// wrote it.
final class ConfigurationText {

  private ConfigurationText() {}

  /// Sets a value: in its line, if it has one; else below the line that has it commented out; else
  /// at the end.
  static List<String> set(List<String> lines, String key, String value) {
    List<String> changed = new ArrayList<>(lines);
    int line = find(lines, "\\s*", key);
    if (line >= 0) {
      Matcher before = pattern("\\s*", key).matcher(lines.get(line));
      changed.set(line, before.lookingAt() ? before.group() + value : key + " = " + value);
      return changed;
    }
    int comment = find(lines, "\\s*#\\s*", key);
    changed.add(comment >= 0 ? comment + 1 : changed.size(), key + " = " + value);
    return changed;
  }

  /// Takes a value away, so that the default stands.
  static List<String> unset(List<String> lines, String key) {
    List<String> changed = new ArrayList<>(lines);
    changed.removeIf(line -> pattern("\\s*", key).matcher(line).lookingAt());
    return changed;
  }

  private static int find(List<String> lines, String before, String key) {
    Pattern pattern = pattern(before, key);
    for (int i = 0; i < lines.size(); i++) {
      if (pattern.matcher(lines.get(i)).lookingAt()) {
        return i;
      }
    }
    return -1;
  }

  private static Pattern pattern(String before, String key) {
    return Pattern.compile(before + Pattern.quote(key) + "\\s*=[ \\t]*");
  }
}
