package dev.sonde.bridge.codec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// What somebody may have meant who wrote something else.
public final class NearMiss {

  private NearMiss() {}

  /// The most similar name: one that differs in a few letters, or only in case.
  public static Optional<String> of(String written, Collection<String> names) {
    int allowed = 1 + Math.min(2, written.length() / 4);
    return names.stream()
        .filter(name -> distance(written, name) <= allowed)
        .min(Comparator.comparingInt(name -> distance(written, name)));
  }

  /// The same as part of a sentence; empty if there is none.
  static String question(String written, Collection<String> names) {
    return of(written, names).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /// How many letters are to be put in, left out or exchanged (Levenshtein's distance), whatever
  /// their case.
  private static int distance(String from, String to) {
    String a = from.toLowerCase(Locale.ROOT);
    String b = to.toLowerCase(Locale.ROOT);
    if (Math.abs(a.length() - b.length()) > 3) {
      return Integer.MAX_VALUE;
    }
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int exchanged = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(exchanged, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
