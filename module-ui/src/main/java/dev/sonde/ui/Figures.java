package dev.sonde.ui;

import java.util.Locale;

/// Numbers for a small screen.
final class Figures {

  private static final String UNITS = "kMGTPE";

  private Figures() {}

  /// A number in at most five characters: `9999`, `12.3k`, `123k`, `1.2M`. Cut, not rounded: a
  /// counter never shows more than it has.
  ///
  /// @param number 0 or more
  /// @return the text
  static String shorten(long number) {
    if (number < 10_000) {
      return Long.toString(number);
    }
    long tenths = number / 100;
    int unit = 0;
    while (tenths >= 10_000) {
      tenths /= 1000;
      unit++;
    }
    String whole = Long.toString(tenths / 10);
    return (tenths < 1000 ? whole + "." + (tenths % 10) : whole) + UNITS.charAt(unit);
  }

  /// A number in at most eight characters: `999,999`, then `1.234M`. Cut, too.
  ///
  /// @param number 0 or more
  /// @return the text
  static String group(long number) {
    if (number < 1_000_000) {
      return String.format(Locale.ROOT, "%,d", number);
    }
    long thousandths = number / 1000;
    int unit = 1;
    while (thousandths >= 1_000_000) {
      thousandths /= 1000;
      unit++;
    }
    return String.format(
        Locale.ROOT, "%d.%03d%c", thousandths / 1000, thousandths % 1000, UNITS.charAt(unit));
  }
}
