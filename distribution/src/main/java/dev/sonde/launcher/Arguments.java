package dev.sonde.launcher;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/// The words of a command line, read from left to right. `--name value` and `--name=value` are the
/// same.
final class Arguments {

  private final Deque<String> words;

  Arguments(List<String> words) {
    this.words = new ArrayDeque<>(words);
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  /// The next word; an option is cut off from its value, which [#value] gives.
  String next() {
    String word = words.removeFirst();
    int equals = word.indexOf('=');
    if (!word.startsWith("--") || equals < 0) {
      return word;
    }
    words.addFirst(word.substring(equals + 1));
    return word.substring(0, equals);
  }

  /// What stands behind an option.
  String value(String option, String what) throws LaunchException {
    if (words.isEmpty() || words.getFirst().isEmpty() || words.getFirst().startsWith("--")) {
      throw usage("%s needs %s behind it".formatted(option, what));
    }
    return words.removeFirst();
  }

  static LaunchException usage(String problem) {
    return new LaunchException(
        ExitCode.USAGE, problem + " ('sonde --help' shows what can be given).");
  }

  static LaunchException unknown(String kind, String word, Collection<String> known) {
    String nearest = NearestMatch.of(word, known).map(w -> ": did you mean " + w + "?").orElse("");
    return usage("unknown %s '%s'%s".formatted(kind, word, nearest));
  }
}
