package dev.sonde.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The JDK's own decoder is the judge.
class PngTest {

  private static final int DARK = 0xFF0A1018;
  private static final int LIT = 0xFFB4ECFF;

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 32})
  void shouldDrawEveryPixelAtItsScale(int scale) throws IOException {
    Canvas canvas = new Canvas();
    canvas.text(BitmapFont.TEXT, 3, 5, "Sonde");
    canvas.fill(127, 63, 1, 1);
    canvas.fill(0, 0, 1, 1);
    Frame frame = canvas.frame();

    BufferedImage image = ImageIO.read(new ByteArrayInputStream(Png.encode(frame, scale)));

    assertThat(image.getWidth()).isEqualTo(128 * scale);
    assertThat(image.getHeight()).isEqualTo(64 * scale);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int expected = frame.lit(x / scale, y / scale) ? LIT : DARK;
        if (image.getRGB(x, y) != expected) {
          assertThat(image.getRGB(x, y)).as("pixel %d, %d", x, y).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 33, Integer.MAX_VALUE})
  void shouldRefuseAScaleOutOfRange(int scale) {
    Frame frame = new Canvas().frame();
    assertThatThrownBy(() -> Png.encode(frame, scale))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("choose 1 to 32");
  }

  @Test
  void shouldStaySmall() {
    assertThat(Png.encode(new Canvas().frame(), 4)).hasSizeLessThan(500);
  }
}
