package dev.sonde.logger;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Any value as one short piece of text that is safe to send to a terminal: control characters,
/// escape sequences, direction overrides and broken surrogates are written as `\x{1b}`, and what is
/// too long is cut. Values come from the air; some are made to harm whoever looks at them.
final class Printable {

  /// The longest text of one value.
  static final int MAX_CHARS = 1_000;

  private static final int MAX_BYTES = 16;

  private final StringBuilder text = new StringBuilder();

  private Printable() {}

  /// The value as text. Strings that are empty or hold spaces, `=` or quotes are quoted.
  static String of(@Nullable Object value) {
    Printable printable = new Printable();
    if (value instanceof String string && needsQuotes(string)) {
      printable.text.append('"');
      printable.append(string.replace("\"", "\\\""));
      printable.text.append('"');
    } else {
      printable.append(value);
    }
    return printable.text.toString();
  }

  /// The text without quotes, for a line that is a sentence.
  static String line(String sentence) {
    Printable printable = new Printable();
    printable.appendSafe(sentence);
    return printable.text.toString();
  }

  private static boolean needsQuotes(String string) {
    return string.isEmpty()
        || string
            .chars()
            .limit(MAX_CHARS)
            .anyMatch(c -> c == '=' || c == '"' || Character.isWhitespace(c));
  }

  private void append(@Nullable Object value) {
    switch (value) {
      case byte[] bytes -> appendHex(bytes);
      case Map<?, ?> map -> appendAll(map.entrySet(), '{', '}');
      case Map.Entry<?, ?> entry -> {
        append(entry.getKey());
        text.append('=');
        append(entry.getValue());
      }
      case Iterable<?> values -> appendAll(values, '[', ']');
      case Object[] values -> appendAll(Arrays.asList(values), '[', ']');
      case null, default -> appendSafe(String.valueOf(value));
    }
  }

  private void appendAll(Iterable<?> values, char open, char close) {
    text.append(open);
    for (Iterator<?> each = values.iterator(); each.hasNext() && !isFull(); ) {
      append(each.next());
      text.append(each.hasNext() ? ", " : "");
    }
    text.append(isFull() ? "…" : "").append(close);
  }

  private void appendHex(byte[] bytes) {
    text.append(HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, MAX_BYTES)));
    if (bytes.length > MAX_BYTES) {
      text.append("… (").append(bytes.length).append(" bytes)");
    }
  }

  private void appendSafe(String string) {
    int index = 0;
    while (index < string.length() && !isFull()) {
      int codePoint = string.codePointAt(index);
      index += Character.charCount(codePoint);
      if (isSafe(codePoint)) {
        text.appendCodePoint(codePoint);
      } else {
        text.append(escaped(codePoint));
      }
    }
    if (index < string.length()) {
      text.append("… (").append(string.length()).append(" characters)");
    }
  }

  private boolean isFull() {
    return text.length() >= MAX_CHARS;
  }

  private static boolean isSafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String escaped(int codePoint) {
    return switch (codePoint) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\x{" + Integer.toHexString(codePoint) + "}";
    };
  }
}
