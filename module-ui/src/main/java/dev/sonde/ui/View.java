package dev.sonde.ui;

import dev.sonde.event.input.Key;
import java.time.Duration;
import java.time.Instant;

/// One page of the screen. Views live on the module's thread and draw what they know; [Screen]
/// draws the title bar above them.
interface View {

  /// The first row below the title bar.
  int TOP = 10;

  /// The title.
  ///
  /// @return a word
  String title();

  /// Draws everything below [#TOP] on an empty canvas.
  ///
  /// @param canvas where
  /// @param now the time that it shows
  void draw(Canvas canvas, Instant now);

  /// A key was pressed that does not change views.
  ///
  /// @param key which
  /// @return whether the view looks different now
  default boolean press(Key key) {
    return false;
  }

  /// How long the drawing stays true if no event comes.
  ///
  /// @param now when it was drawn
  /// @return at most a minute, which the clock needs
  default Duration staysTrue(Instant now) {
    return Duration.ofMinutes(1);
  }
}
