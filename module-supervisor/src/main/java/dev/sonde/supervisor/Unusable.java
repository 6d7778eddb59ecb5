package dev.sonde.supervisor;

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
