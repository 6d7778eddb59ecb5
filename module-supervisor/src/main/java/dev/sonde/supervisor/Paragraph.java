package dev.sonde.supervisor;

import java.io.PrintStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text behind a name, in lines of at most 80 columns.
final class Paragraph {

  private static final int INDENT = 16;

  /// As many words as fit, or a part of one that does not.
  private static final Pattern LINE = Pattern.compile("(\\S.{0,63})(?=\\s|$)\\s*|(\\S{64})");

  private Paragraph() {}

  static void print(PrintStream out, String name, String text) {
    if (name.length() >= INDENT) {
      out.println(name);
    }
    Matcher lines = LINE.matcher(text.strip());
    String before = name.length() >= INDENT ? "" : name;
    while (lines.find()) {
      out.printf("%-16s%s%n", before, lines.group().strip());
      before = "";
    }
  }
}
