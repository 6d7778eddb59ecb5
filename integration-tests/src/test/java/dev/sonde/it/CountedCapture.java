package dev.sonde.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A capture of others and its row of their count.
///
/// @param file the capture
/// @param counts by the names of `counts.tsv`
record CountedCapture(Path file, Map<String, Long> counts) {

  /// Finds one; skips the test where there are no captures.
  ///
  /// @param name as the count has it, such as `lan/tcpreplay-test.pcap`
  static CountedCapture of(String name) throws IOException {
    Path captures = Captures.folder();
    Prerequisites.assume(
        captures != null, "SONDE_CAPTURES does not point to the folder of captures");
    List<String> lines = Files.readAllLines(captures.resolve("counts.tsv"));
    String[] names = lines.getFirst().split("\t");
    String[] row =
        lines.stream()
            .map(line -> line.split("\t"))
            .filter(words -> words[0].equals(name))
            .findFirst()
            .orElseThrow();
    Map<String, Long> counts = new HashMap<>();
    for (int i = 1; i < names.length; i++) {
      counts.put(names[i], Long.valueOf(row[i]));
    }
    return new CountedCapture(captures.resolve(name), counts);
  }
}
