package dev.sonde.benchmarks.deploy;

import dev.sonde.benchmarks.UsageException;
import java.util.Iterator;

/// Reads what stands behind an option.
final class Options {

  private Options() {}

  static int number(String option, Iterator<String> words) throws UsageException {
    String text = words.hasNext() ? words.next() : "";
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new UsageException(option + " needs a number of 1 or more");
    }
    return Integer.parseInt(text);
  }
}
