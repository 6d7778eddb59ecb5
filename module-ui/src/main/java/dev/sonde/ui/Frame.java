package dev.sonde.ui;

import java.util.Arrays;

/// What the screen shows at one moment: 128 × 64 pixels, each lit or dark. Immutable; drawn on a
/// [Canvas].
final class Frame {

  /// Width in pixels.
  static final int WIDTH = 128;

  /// Height in pixels.
  static final int HEIGHT = 64;

  private final long[] words;

  /// Copies what was drawn.
  ///
  /// @param words two for each row, leftmost pixel in the highest bit
  Frame(long[] words) {
    this.words = words.clone();
  }

  /// Whether a pixel is lit.
  ///
  /// @param x from the left, 0 to 127
  /// @param y from the top, 0 to 63
  /// @return true if it is; false outside of the frame, too
  boolean lit(int x, int y) {
    return inside(x, y) && ((words[word(x, y)] >>> bit(x)) & 1) != 0;
  }

  static boolean inside(int x, int y) {
    return x >= 0 && x < WIDTH && y >= 0 && y < HEIGHT;
  }

  static int word(int x, int y) {
    return (2 * y) + (x >> 6);
  }

  static int bit(int x) {
    return 63 - (x & 63);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Frame frame && Arrays.equals(words, frame.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }

  /// A line for each row: `#` for a pixel that is lit, `.` for one that is dark.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder((WIDTH + 1) * HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        text.append(lit(x, y) ? '#' : '.');
      }
      text.append('\n');
    }
    return text.toString();
  }
}
