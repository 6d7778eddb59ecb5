package dev.sonde.supervisor;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What is wrong with a jar, and what to do about it.
final class Unusable extends Exception {
  private static final long serialVersionUID = 1L;

  private final String remedy;
  private final boolean perhapsIncomplete;

  Unusable(String problem, String remedy, boolean perhapsIncomplete) {
    super(problem);
    this.remedy = remedy;
    this.perhapsIncomplete = perhapsIncomplete;
  }

  Unusable(String problem, String remedy) {
    this(problem, remedy, false);
  }

  /// What a failure means that came of a full disk, however deep that lies; nothing for any other.
  static Optional<Unusable> ofFullDisk(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(cause -> String.valueOf(cause.getMessage()).contains("No space left"))
        .findFirst()
        .map(
            cause ->
                new Unusable(
                    "there is no room for it: the disk is full", "make room and copy it again"));
  }

  String problem() {
    return String.valueOf(getMessage());
  }

  String remedy() {
    return remedy;
  }

  /// Whether it may only be that the file is still being written.
  boolean perhapsIncomplete() {
    return perhapsIncomplete;
  }
}
