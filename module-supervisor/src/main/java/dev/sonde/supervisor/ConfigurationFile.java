package dev.sonde.supervisor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The text of a configuration file: `key = value` lines, `#` comments, empty lines. Nothing is
/// escaped; a value ends with its line. A key `supervision.KEY` is meant for the supervisor.
///
/// @param entries by key
/// @param problems lines that are none of these
record ConfigurationFile(Map<String, Entry> entries, List<Problem> problems) {

  private static final String KEY = "(" + Supervision.SECTION + "\\.)?[A-Za-z][A-Za-z0-9]*";

  /// A value and the number of its line, from 1.
  record Entry(String value, int line) {}

  /// A line that is wrong.
  record Problem(int line, String key, String text) {}

  static ConfigurationFile parse(List<String> lines) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      String key = equals < 0 ? line : line.substring(0, equals).strip();
      if (equals <= 0 || !key.matches(KEY)) {
        problems.add(new Problem(number, key, "is no setting; write key = value"));
        continue;
      }
      Entry before = entries.get(key);
      if (before != null) {
        problems.add(
            new Problem(
                number, key, "stands in line " + before.line() + " already; that one is used"));
        continue;
      }
      entries.put(key, new Entry(line.substring(equals + 1).strip(), number));
    }
    return new ConfigurationFile(entries, problems);
  }

  /// The entries of a module itself, or those that are meant for the supervisor, by the key without
  /// its section.
  ///
  /// @param section empty for the module's own
  Map<String, Entry> section(String section) {
    String prefix = section.isEmpty() ? "" : section + ".";
    Map<String, Entry> found = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          String rest = key.startsWith(prefix) ? key.substring(prefix.length()) : ".";
          if (rest.indexOf('.') < 0) {
            found.put(rest, entry);
          }
        });
    return found;
  }
}
