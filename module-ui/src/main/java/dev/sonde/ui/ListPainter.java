package dev.sonde.ui;

import java.util.List;

/// Draws rows of text, and a bar at the right that tells where one is in a longer list. Keeps the
/// place.
final class ListPainter {

  private static final int ROW_HEIGHT = 9;
  private static final int BAR_X = 126;
  private static final int BAR_TOP = View.TOP;
  private static final int BAR_HEIGHT = Frame.HEIGHT - View.TOP;
  private static final int TEXT_X = 9;
  private static final int RIGHT = 123;

  /// How many rows fit.
  static final int ROWS = (Frame.HEIGHT - View.TOP) / ROW_HEIGHT;

  private int first;

  /// Moves by one page.
  ///
  /// @param pages 1 down, -1 up
  /// @param size how long the list is
  /// @return whether it moved
  boolean turn(int pages, int size) {
    int before = first;
    first = Math.clamp(first + ((long) pages * ROWS), 0, Math.max(0, size - ROWS));
    return first != before;
  }

  /// Draws the rows that are in sight.
  ///
  /// @param canvas where
  /// @param rows the whole list
  void draw(Canvas canvas, List<Row> rows) {
    turn(0, rows.size());
    int y = View.TOP;
    for (Row row : rows.subList(first, Math.min(rows.size(), first + ROWS))) {
      draw(canvas, row, y);
      y += ROW_HEIGHT;
    }
    if (rows.size() > ROWS) {
      bar(canvas, rows.size());
    }
  }

  private static void draw(Canvas canvas, Row row, int y) {
    BitmapFont font = BitmapFont.TEXT;
    canvas.text(font, 1, y, row.mark);
    canvas.textTo(font, RIGHT, y, row.note);
    int room = RIGHT - TEXT_X - font.width(row.note) - 4;
    canvas.text(
        font,
        TEXT_X,
        y,
        row.keepsEnd ? font.elideStart(row.text, room) : font.elide(row.text, room));
  }

  private void bar(Canvas canvas, int size) {
    for (int y = BAR_TOP; y < BAR_TOP + BAR_HEIGHT; y += 2) {
      canvas.dot(BAR_X, y);
    }
    int length = Math.max(5, BAR_HEIGHT * ROWS / size);
    int place = (BAR_HEIGHT - length) * first / (size - ROWS);
    canvas.fill(BAR_X - 1, BAR_TOP + place, 3, length);
  }

  /// One row.
  ///
  /// @param mark one character that says how it stands
  /// @param text what it is about; cut where it is too long
  /// @param note what stands at the right
  /// @param keepsEnd whether the end of the text says more than its beginning
  record Row(String mark, String text, String note, boolean keepsEnd) {}
}
