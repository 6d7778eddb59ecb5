package dev.sonde.event.network;

import dev.sonde.bus.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Text as somebody else's packet has it: bytes that claim to be text and may be anything.
///
/// The bytes are what was on the wire and what is compared. [#toString] shows them without harm:
/// UTF-8 where they are UTF-8; everything else, control characters and the backslash as `\xHH`.
/// [#parse] reads that back to the same bytes.
///
/// @param bytes as captured; may be empty
public record RawText(Bytes bytes) {

  /// No text.
  public static final RawText EMPTY = new RawText(Bytes.EMPTY);

  private static final int ESCAPE_CHARACTERS = 4;

  /// Text whose bytes are the UTF-8 of a string.
  ///
  /// @param text any text; nothing in it is an escape
  /// @return its bytes
  public static RawText of(String text) {
    return new RawText(Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// Reads what [#toString] writes.
  ///
  /// @param text with escapes
  /// @return the same bytes
  /// @throws IllegalArgumentException if a backslash begins no `\xHH`
  public static RawText parse(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 0;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (character == '\\') {
        bytes.write(escaped(text, at));
        at += ESCAPE_CHARACTERS;
      } else {
        bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
        at += Character.charCount(character);
      }
    }
    return new RawText(Bytes.copyOf(bytes.toByteArray()));
  }

  private static int escaped(String text, int at) {
    int end = at + ESCAPE_CHARACTERS;
    if (end > text.length() || text.charAt(at + 1) != 'x') {
      throw new IllegalArgumentException("No \\xHH at index " + at + " of " + text);
    }
    return Integer.parseInt(text, at + 2, end, 16);
  }

  /// Whether there is no text.
  ///
  /// @return true if there are no bytes
  public boolean isEmpty() {
    return bytes.isEmpty();
  }

  /// The text, harmless to show on a terminal.
  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder(bytes.length());
    int at = 0;
    while (at < bytes.length()) {
      CharBuffer character = characterAt(at);
      if (character == null || isHarmful(Character.codePointAt(character, 0))) {
        shown.append("\\x%02x".formatted(bytes.get(at) & 0xFF));
        at++;
      } else {
        shown.append(character);
        at += lengthAt(at);
      }
    }
    return shown.toString();
  }

  /// The character that begins here.
  ///
  /// @return `null` if none does
  private @Nullable CharBuffer characterAt(int at) {
    int length = Math.min(lengthAt(at), bytes.length() - at);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.slice(at, length).asBuffer());
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /// How many bytes the first one announces in UTF-8.
  private int lengthAt(int at) {
    int first = bytes.get(at) & 0xFF;
    return Math.max(1, Integer.numberOfLeadingZeros(~(first << 24)));
  }

  /// What a terminal would obey or not show, and what would be taken for an escape.
  private static boolean isHarmful(int character) {
    return character == '\\' || !isShown(Character.getType(character));
  }

  private static boolean isShown(int category) {
    return switch (category) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
