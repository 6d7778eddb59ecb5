package dev.sonde.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CanvasTest {

  private final Canvas canvas = new Canvas();

  @Test
  void shouldDrawEveryLetter() {
    StringBuilder letters = new StringBuilder();
    for (char c = ' '; c <= '~'; c++) {
      letters.append(c);
    }
    letters.append("…→▲○●◐✗ é");
    for (int line = 0; 25 * line < letters.length(); line++) {
      int end = Math.min(letters.length(), 25 * (line + 1));
      canvas.text(BitmapFont.TEXT, 0, 9 * line, letters.substring(25 * line, end));
    }
    Golden.assertDrawn("letters", canvas.frame());
  }

  @Test
  void shouldDrawLargeFigures() {
    canvas.text(BitmapFont.FIGURES, 0, 0, "0123456789");
    canvas.text(BitmapFont.FIGURES, 0, 20, "999,999.0");
    canvas.text(BitmapFont.FIGURES, 0, 40, "1.234MGTPE");
    Golden.assertDrawn("figures", canvas.frame());
  }

  @Test
  void shouldCutOffWhatIsOutside() {
    canvas.fill(-5, -5, 10, 10);
    canvas.fill(120, 60, 1000, 1000);
    canvas.text(BitmapFont.TEXT, 110, 30, "cut off");
    canvas.text(BitmapFont.FIGURES, -6, 50, "8");
    canvas.invert(-10, 20, 30, 4);
    canvas.invert(200, 200, 10, 10);
    canvas.dotted(100, 10, 500);
    Golden.assertDrawn("cut-off", canvas.frame());
  }

  @Test
  void shouldInvertBackAndForth() {
    canvas.fill(10, 10, 20, 20);
    Frame before = canvas.frame();
    canvas.invert(0, 0, Frame.WIDTH, Frame.HEIGHT);
    assertThat(canvas.frame().lit(0, 0)).isTrue();
    assertThat(canvas.frame().lit(15, 15)).isFalse();
    canvas.invert(0, 0, Frame.WIDTH, Frame.HEIGHT);
    assertThat(canvas.frame()).isEqualTo(before).hasSameHashCodeAs(before);
  }

  @Test
  void shouldNotChangeAFrameThatWasTaken() {
    Frame before = canvas.frame();
    canvas.dot(5, 5);
    assertThat(before.lit(5, 5)).isFalse();
    assertThat(canvas.frame().lit(5, 5)).isTrue();
    assertThat(canvas.frame().lit(-1, 5)).isFalse();
    assertThat(canvas.frame().lit(5, 64)).isFalse();
  }

  @Test
  void shouldShowTheReplacementForWhatTheFontLacks() {
    canvas.text(BitmapFont.TEXT, 0, 0, "\u001b\u4e2d\ud83d\ude00");
    Canvas expected = new Canvas();
    expected.text(BitmapFont.TEXT, 0, 0, "\ufffd\ufffd\ufffd");
    assertThat(canvas.frame()).isEqualTo(expected.frame());
  }

  @Test
  void shouldElideAtEitherEnd() {
    assertThat(BitmapFont.TEXT.elide("www.example.org", 75)).isEqualTo("www.example.org");
    assertThat(BitmapFont.TEXT.elide("www.example.org", 74)).isEqualTo("www.example.o…");
    assertThat(BitmapFont.TEXT.elideStart("www.example.org", 50)).isEqualTo("…ample.org");
    assertThat(BitmapFont.TEXT.elide("x", 0)).isEqualTo("…");
  }
}
