package dev.sonde.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BrailleTest {

  @Test
  void shouldDraw16LinesOf64CellsInABorder() {
    List<String> lines = Braille.draw(new Canvas().frame()).lines().toList();

    assertThat(lines).hasSize(18).allSatisfy(line -> assertThat(line).hasSize(66));
    assertThat(lines.getFirst()).startsWith("╭─").endsWith("─╮");
    assertThat(lines.get(1)).isEqualTo("│" + "\u2800".repeat(64) + "│");
    assertThat(lines.getLast()).startsWith("╰─").endsWith("─╯");
  }

  /// The dots of a cell are numbered 1 2 3 7 down the left side and 4 5 6 8 down the right.
  @Test
  void shouldPutEachPixelAtItsDot() {
    int[][] dots = {{1, 4}, {2, 5}, {3, 6}, {7, 8}};
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 2; x++) {
        Canvas canvas = new Canvas();
        canvas.dot(126 + x, 60 + y);
        String lastLine = Braille.draw(canvas.frame()).lines().toList().get(16);
        char cell = lastLine.charAt(64);
        assertThat(cell).isEqualTo((char) (0x2800 + (1 << (dots[y][x] - 1))));
      }
    }
  }
}
