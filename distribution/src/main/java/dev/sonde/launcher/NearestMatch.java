package dev.sonde.launcher;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Guesses what a mistyped word should have been.
final class NearestMatch {

  private NearestMatch() {}

  /// The known word that takes the fewest edits, if that is no more than a third of its letters, or
  /// else the only one that begins with the word.
  static Optional<String> of(String word, Collection<String> known) {
    Optional<String> nearest =
        known.stream()
            .filter(k -> distance(word, k) <= Math.max(1, k.length() / 3))
            .min(Comparator.comparingInt(k -> distance(word, k)));
    if (nearest.isPresent() || word.length() < 2) {
      return nearest;
    }
    var longer = known.stream().filter(k -> k.startsWith(word)).toList();
    return longer.size() == 1 ? Optional.of(longer.getFirst()) : Optional.empty();
  }

  /// Levenshtein's distance: how many letters to insert, remove or replace.
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
