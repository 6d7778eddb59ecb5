package dev.sonde.benchmarks.capture;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The closing lines, and why one is missing.
final class Ratios {

  private final Map<String, Double> values = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();

  void put(String name, double value) {
    values.put(name, value);
  }

  /// @param why one sentence, with what to do
  void missing(String name, String why) {
    missing.add("not measured: " + name + ". " + why);
  }

  /// @return 1 if something is missing
  int print(PrintStream out) {
    missing.forEach(out::println);
    values.forEach((name, value) -> out.println("ratio " + name + " " + text(value)));
    return missing.isEmpty() ? 0 : 1;
  }

  private static String text(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.0f", value);
  }
}
