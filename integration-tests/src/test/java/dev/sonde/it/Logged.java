package dev.sonde.it;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What frameworks in this JVM log while it is open: without a logging back end, on standard
/// output.
final class Logged implements AutoCloseable {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream before = System.out;

  private Logged() {}

  static Logged begin() {
    Logged logged = new Logged();
    System.setOut(new PrintStream(logged.both(), true, StandardCharsets.UTF_8));
    return logged;
  }

  private OutputStream both() {
    return new OutputStream() {
      @Override
      public void write(int b) {
        bytes.write(b);
        before.write(b);
      }

      @Override
      public void write(byte[] some, int offset, int length) {
        bytes.write(some, offset, length);
        before.write(some, offset, length);
      }
    };
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /// How many lines have all of some texts in them.
  long lines(String... texts) {
    return text().lines().filter(line -> hasAll(line, texts)).count();
  }

  private static boolean hasAll(String line, String... texts) {
    for (String text : texts) {
      if (!line.contains(text)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    System.setOut(before);
  }
}
