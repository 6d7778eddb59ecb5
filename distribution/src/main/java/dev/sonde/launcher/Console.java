package dev.sonde.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Standard output and error of the device. A service (`sonde.console=true`): a line editor hands
/// in what takes whole lines from now on, or null when it is gone.
///
/// It must be in place before the shell's runtime starts, which wraps the streams that it finds.
final class Console implements Consumer<@Nullable Predicate<String>>, Supplier<PrintStream> {

  private final AtomicReference<@Nullable Predicate<String>> editor = new AtomicReference<>();

  private final PrintStream out = stream(FileDescriptor.out, System.out.charset());

  void install() {
    System.setOut(out);
    System.setErr(stream(FileDescriptor.err, System.err.charset()));
  }

  private PrintStream stream(FileDescriptor descriptor, Charset charset) {
    return new LineOutput(new FileOutputStream(descriptor), editor, charset).asPrintStream();
  }

  @Override
  public PrintStream get() {
    return out;
  }

  @Override
  public void accept(@Nullable Predicate<String> lines) {
    editor.set(lines);
  }
}
