package dev.sonde.logger;

import dev.sonde.bus.spi.Colours;
import java.util.Map;

/// What the console can do.
///
/// @param color whether it shows colours
/// @param columns its width in cells, or [#UNLIMITED]
record Terminal(boolean color, int columns) {

  static final int UNLIMITED = 0;

  /// The width of a terminal that does not tell.
  private static final int USUAL_COLUMNS = 120;

  /// Looks at the environment.
  ///
  /// @param environment the process's variables
  /// @param interactive whether a person looks at it, rather than a file or a pipe
  /// @param mode what the configuration says of colours
  /// @param width what the configuration says of the width, 0 for nothing
  static Terminal of(
      Map<String, String> environment, boolean interactive, ColorMode mode, int width) {
    boolean color =
        switch (mode) {
          case ALWAYS -> true;
          case NEVER -> false;
          case AUTO -> Colours.of(environment, interactive) == Colours.SHOWN;
        };
    return new Terminal(color, width > 0 ? width : columns(environment, interactive));
  }

  /// The same after its window may have changed.
  ///
  /// @param present its width now, or [WindowSize#UNKNOWN]
  Terminal resized(int present) {
    return present == WindowSize.UNKNOWN ? this : new Terminal(color, present);
  }

  private static int columns(Map<String, String> environment, boolean interactive) {
    if (!interactive) {
      return UNLIMITED;
    }
    String columns = environment.getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
  }
}
