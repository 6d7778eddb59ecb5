package dev.sonde.network;

/// How fast something recorded plays.
///
/// @param factor 1 for real time, 10 for ten times as fast, infinity for as fast as it is read
record Speed(double factor) {

  static final Speed REAL_TIME = new Speed(1);
  static final Speed FULL = new Speed(Double.POSITIVE_INFINITY);

  /// Reads `auto`, `max` or a factor.
  ///
  /// @param automatic what `auto` means for this source
  /// @throws CaptureException if it is none of these
  static Speed parse(String text, Speed automatic) throws CaptureException {
    return switch (text.strip()) {
      case "auto" -> automatic;
      case "max" -> FULL;
      default -> new Speed(factor(text));
    };
  }

  boolean isFull() {
    return Double.isInfinite(factor);
  }

  private static double factor(String text) throws CaptureException {
    try {
      double factor = Double.parseDouble(text.strip());
      if (factor > 0 && Double.isFinite(factor)) {
        return factor;
      }
    } catch (NumberFormatException e) {
      // told below, as a factor out of range is
    }
    throw new CaptureException(
        "The speed \"" + text + "\" is no factor above 0",
        "Set speed to auto, max, or a factor such as 1 or 10");
  }
}
