package dev.sonde.ui;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Letters made of pixels, read from a resource: a line `height N`, then for each glyph a line with
/// its code point, its width in pixels, and its rows from the top, all but the width in
/// hexadecimal. `#` begins a comment line.
final class BitmapFont {

  /// What is not in the font shows as this, if the font has it, else as a blank.
  private static final int REPLACEMENT = 0xFFFD;

  /// Text, 25 letters a line; Spleen by Frederic Cambus, and symbols of our own.
  static final BitmapFont TEXT = load("spleen-5x8.font", "symbols-5x8.font");

  /// Large figures; Spleen, too.
  static final BitmapFont FIGURES = load("spleen-12x24.font");

  private final Map<Integer, Glyph> glyphs = new HashMap<>();
  private final Glyph missing;

  private BitmapFont(List<String> lines) {
    int height = 0;
    for (String line : lines) {
      if (line.startsWith("height ")) {
        height = Integer.parseInt(line.substring("height ".length()));
      } else if (!line.startsWith("#") && !line.isBlank()) {
        add(line.split(" "), height);
      }
    }
    missing = glyphs.getOrDefault(REPLACEMENT, new Glyph(5, new int[height], 8));
  }

  private static BitmapFont load(String... resources) {
    try {
      StringBuilder text = new StringBuilder();
      for (String resource : resources) {
        text.append(read(resource)).append('\n');
      }
      return new BitmapFont(text.toString().lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String resource) throws IOException {
    try (InputStream in = BitmapFont.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException("The bundle lacks its font " + resource);
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))
          .readAllAsString();
    }
  }

  private void add(String[] fields, int height) {
    int[] rows = new int[height];
    for (int i = 0; i < height; i++) {
      rows[i] = Integer.parseInt(fields[i + 2], 16);
    }
    int bits = 4 * fields[2].length();
    glyphs.put(Integer.parseInt(fields[0], 16), new Glyph(Integer.parseInt(fields[1]), rows, bits));
  }

  /// The shape of a character.
  ///
  /// @param codePoint any
  /// @return the replacement's where the font has none
  Glyph glyph(int codePoint) {
    return glyphs.getOrDefault(codePoint, missing);
  }

  /// How wide a text is.
  ///
  /// @param text one line
  /// @return pixels
  int width(String text) {
    return text.codePoints().map(codePoint -> glyph(codePoint).width()).sum();
  }

  /// Cuts a text that is too wide, and ends it with an ellipsis.
  ///
  /// @param text one line
  /// @param pixels how wide it may be
  /// @return the text, or its beginning
  String elide(String text, int pixels) {
    if (width(text) <= pixels) {
      return text;
    }
    int room = pixels - width("…");
    StringBuilder kept = new StringBuilder();
    for (int codePoint : text.codePoints().toArray()) {
      room -= glyph(codePoint).width();
      if (room < 0) {
        break;
      }
      kept.appendCodePoint(codePoint);
    }
    return kept.append('…').toString();
  }

  /// Cuts a text that is too wide at its beginning, for names whose end says more.
  ///
  /// @param text one line
  /// @param pixels how wide it may be
  /// @return the text, or its end
  String elideStart(String text, int pixels) {
    String reversed = new StringBuilder(text).reverse().toString();
    return new StringBuilder(elide(reversed, pixels)).reverse().toString();
  }

  /// One character's pixels.
  ///
  /// @param width in pixels
  /// @param rows from the top; the leftmost pixel is the highest bit
  /// @param bits how many bits a row has
  @SuppressWarnings("ArrayRecordComponent")
  record Glyph(int width, int[] rows, int bits) {

    int height() {
      return rows.length;
    }

    boolean lit(int x, int y) {
      return ((rows[y] >>> (bits - 1 - x)) & 1) != 0;
    }
  }
}
