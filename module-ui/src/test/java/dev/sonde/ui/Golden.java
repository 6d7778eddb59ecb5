package dev.sonde.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares a frame with the one in the test resources, pixel by pixel. What was drawn lies in
/// `target/golden` afterwards, as text and as a picture: look at it, and copy the text if it is
/// what you want.
final class Golden {

  private static final Path DRAWN = Path.of("target", "golden");

  private Golden() {}

  static void assertDrawn(String name, Frame frame) {
    try {
      Files.createDirectories(DRAWN);
      Files.writeString(DRAWN.resolve(name + ".txt"), frame.toString());
      Files.write(DRAWN.resolve(name + ".png"), Png.encode(frame, 6));
      try (InputStream in = Golden.class.getResourceAsStream(name + ".txt")) {
        String expected =
            in == null ? "" : new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(frame.toString()).isEqualTo(expected);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
