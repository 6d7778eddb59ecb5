package dev.sonde.supervisor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The text of a configuration file: `key = value` lines, `#` comments, empty lines. Nothing is
/// escaped; a value ends with its line.
///
/// @param entries by key
/// @param problems lines that are none of these
record ConfigurationFile(Map<String, Entry> entries, List<Problem> problems) {

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
      if (equals <= 0 || !key.matches("[A-Za-z][A-Za-z0-9]*")) {
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
}
