package dev.sonde.ui;

import java.util.Arrays;

/// Where a frame is drawn: the one rasteriser of the device. Coordinates are pixels from the upper
/// left corner; what falls outside is cut off. For one thread.
final class Canvas {

  private final long[] words = new long[2 * Frame.HEIGHT];

  /// Makes all pixels dark.
  void clear() {
    Arrays.fill(words, 0);
  }

  /// Lights one pixel.
  void dot(int x, int y) {
    if (Frame.inside(x, y)) {
      words[Frame.word(x, y)] |= 1L << Frame.bit(x);
    }
  }

  /// Lights a rectangle.
  void fill(int x, int y, int width, int height) {
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + width; column++) {
        dot(column, row);
      }
    }
  }

  /// Turns light to dark and dark to light within a rectangle.
  void invert(int x, int y, int width, int height) {
    for (int row = Math.max(0, y); row < Math.min(Frame.HEIGHT, y + height); row++) {
      for (int column = Math.max(0, x); column < Math.min(Frame.WIDTH, x + width); column++) {
        words[Frame.word(column, row)] ^= 1L << Frame.bit(column);
      }
    }
  }

  /// Lights every second pixel of a row.
  void dotted(int x, int y, int width) {
    for (int column = x; column < x + width; column += 2) {
      dot(column, y);
    }
  }

  /// Writes one line of text.
  ///
  /// @param font in which letters
  /// @param x the left edge
  /// @param y the upper edge
  /// @param text what; control characters show as the font's replacement
  /// @return the right edge, where more text would begin
  int text(BitmapFont font, int x, int y, String text) {
    int at = x;
    for (int codePoint : text.codePoints().toArray()) {
      BitmapFont.Glyph glyph = font.glyph(codePoint);
      draw(glyph, at, y);
      at += glyph.width();
    }
    return at;
  }

  /// Writes one line of text that ends at an edge.
  ///
  /// @param font in which letters
  /// @param right the right edge
  /// @param y the upper edge
  /// @param text what
  void textTo(BitmapFont font, int right, int y, String text) {
    text(font, right - font.width(text), y, text);
  }

  private void draw(BitmapFont.Glyph glyph, int x, int y) {
    for (int row = 0; row < glyph.height(); row++) {
      for (int column = 0; column < glyph.width(); column++) {
        if (glyph.lit(column, row)) {
          dot(x + column, y + row);
        }
      }
    }
  }

  /// What is drawn now.
  ///
  /// @return a copy
  Frame frame() {
    return new Frame(words);
  }
}
