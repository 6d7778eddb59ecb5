package dev.sonde.it;

import java.nio.file.Files;
import java.nio.file.Path;

/// Captures that this project did not make, with an independent count of what is in them.
final class Captures {

  private Captures() {}

  /// The folder, or null where there is none.
  static Path folder() {
    String named = System.getenv("SONDE_CAPTURES");
    if (named == null || named.isBlank()) {
      return null;
    }
    Path folder = Path.of(named).toAbsolutePath();
    if (!Files.exists(folder.resolve("counts.tsv"))) {
      throw new AssertionError("SONDE_CAPTURES is " + folder + ", where there is no counts.tsv");
    }
    return folder;
  }
}
