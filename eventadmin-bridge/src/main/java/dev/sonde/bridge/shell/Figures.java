package dev.sonde.bridge.shell;

import java.time.Duration;
import java.util.Locale;

/// Numbers in at most five characters.
final class Figures {

  private static final String[] THOUSANDS = {"", "k", "M", "G", "T", "P", "E"};

  private Figures() {}

  /// Exact up to 99,999; then with three digits and a unit.
  static String count(long number) {
    return number < 100_000 ? Long.toString(number) : scaled((double) number);
  }

  /// One decimal below 100.
  static String rate(double perSecond) {
    return perSecond < 99.95 ? oneDecimal(perSecond) : count(Math.round(perSecond));
  }

  private static String scaled(double number) {
    int power = 0;
    while (number >= 999.5) {
      number /= 1_000;
      power++;
    }
    return (number < 99.95 ? oneDecimal(number) : Long.toString(Math.round(number)))
        + THOUSANDS[power];
  }

  private static String oneDecimal(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  /// With a unit from microseconds to hours; a dash for none.
  static String time(Duration time) {
    if (time.isZero()) {
      return "-";
    }
    long micros = time.toNanos() / 1_000;
    if (micros < 1_000) {
      return micros + "us";
    } else if (micros < 1_000_000) {
      return time.toMillis() + "ms";
    } else if (micros < 10_000_000) {
      return oneDecimal(micros / 1e6) + "s";
    }
    return time.toSeconds() < 10_000 ? time.toSeconds() + "s" : time.toHours() + "h";
  }
}
