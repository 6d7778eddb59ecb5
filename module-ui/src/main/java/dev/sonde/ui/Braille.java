package dev.sonde.ui;

/// Frames as text for a terminal: each character of the Braille block (U+2800 to U+28FF) shows two
/// by four pixels, which makes 64 columns and 16 lines, and a border around them.
final class Braille {

  private static final int COLUMNS = Frame.WIDTH / 2;
  private static final int LINES = Frame.HEIGHT / 4;

  /// The bit of each dot, by row and column, as Unicode numbers the dots.
  private static final int[][] DOTS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

  private Braille() {}

  /// Draws a frame.
  ///
  /// @param frame what
  /// @return 18 lines of 66 characters, without a line break at the end
  static String draw(Frame frame) {
    StringBuilder text = new StringBuilder();
    text.append('╭').repeat("─", COLUMNS).append("╮\n");
    for (int line = 0; line < LINES; line++) {
      text.append('│');
      for (int column = 0; column < COLUMNS; column++) {
        text.append(cell(frame, 2 * column, 4 * line));
      }
      text.append("│\n");
    }
    return text.append('╰').repeat("─", COLUMNS).append('╯').toString();
  }

  private static char cell(Frame frame, int x, int y) {
    int dots = 0;
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < 2; column++) {
        if (frame.lit(x + column, y + row)) {
          dots |= DOTS[row][column];
        }
      }
    }
    return (char) ('\u2800' + dots);
  }
}
