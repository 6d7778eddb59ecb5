package dev.sonde.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Standard output while a line editor may own the terminal. Whole lines are offered to the editor,
/// which shows them above the line being typed; what it does not take is written as it is.
final class LineOutput extends OutputStream {

  private static final int LONGEST_HELD_BACK = 64 * 1024;

  private final OutputStream terminal;
  private final AtomicReference<@Nullable Predicate<String>> editor;
  private final Charset charset;
  private byte[] held = new byte[256];
  private int length;

  /// @param terminal where bytes go
  /// @param editor takes one or more whole lines, without the last line break, and returns true; or
  ///     returns false. Null while there is none
  /// @param charset of the bytes
  LineOutput(
      OutputStream terminal, AtomicReference<@Nullable Predicate<String>> editor, Charset charset) {
    this.terminal = terminal;
    this.editor = editor;
    this.charset = charset;
  }

  PrintStream asPrintStream() {
    return new PrintStream(this, true, charset);
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
    if (length + count > held.length) {
      held = Arrays.copyOf(held, Math.max(length + count, 2 * held.length));
    }
    System.arraycopy(bytes, offset, held, length, count);
    length += count;
    int end = endOfLastLine();
    if (end > 0) {
      show(end);
    } else if (length > LONGEST_HELD_BACK) {
      writeThrough(length);
    }
  }

  /// What is not a whole line yet is held back only while an editor is there.
  @Override
  public synchronized void flush() throws IOException {
    if (length > 0 && editor.get() == null) {
      writeThrough(length);
    }
    terminal.flush();
  }

  private int endOfLastLine() {
    int end = length;
    while (end > 0 && held[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private void show(int end) throws IOException {
    @Nullable Predicate<String> now = editor.get();
    if (now != null && now.test(new String(held, 0, end - 1, charset))) {
      drop(end);
    } else {
      writeThrough(end);
    }
  }

  private void writeThrough(int end) throws IOException {
    terminal.write(held, 0, end);
    drop(end);
  }

  private void drop(int end) {
    System.arraycopy(held, end, held, 0, length - end);
    length -= end;
  }
}
