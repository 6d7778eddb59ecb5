package dev.sonde.hardware;

import dev.sonde.event.input.Key;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was typed after `hardware:press`.
///
/// @param key which key
/// @param hold for how long
record PressArguments(Key key, Duration hold) {

  private static final Duration TAP = Duration.ofMillis(80);
  private static final Duration LONG = Duration.ofMillis(500);
  private static final int LONGEST_MILLIS = 60_000;
  private static final String USAGE = "hardware:press KEY [--long | --hold MILLISECONDS]";

  /// Reads the arguments, options before or after the key.
  ///
  /// @param arguments as typed
  /// @return what they say
  /// @throws IllegalArgumentException saying what is wrong and what to type
  static PressArguments parse(List<String> arguments) {
    @Nullable Key key = null;
    Duration hold = TAP;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--long")) {
        hold = LONG;
      } else if (argument.equals("--hold")) {
        i++;
        hold = millis(i < arguments.size() ? arguments.get(i) : "");
      } else if (argument.startsWith("-")) {
        throw new IllegalArgumentException("There is no option '" + argument + "'; type " + USAGE);
      } else if (key == null) {
        key = Wiring.key(argument);
      } else {
        throw new IllegalArgumentException("One key at a time; type " + USAGE);
      }
    }
    if (key == null) {
      throw new IllegalArgumentException("Which key? Type " + USAGE);
    }
    return new PressArguments(key, hold);
  }

  private static Duration millis(String number) {
    if (number.matches("\\d{1,5}")) {
      int millis = Integer.parseInt(number);
      if (millis >= 1 && millis <= LONGEST_MILLIS) {
        return Duration.ofMillis(millis);
      }
    }
    throw new IllegalArgumentException(
        "'" + number + "' is no time to hold a key; --hold takes 1 to 60000 milliseconds");
  }
}
