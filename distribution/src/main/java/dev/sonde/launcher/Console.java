package dev.sonde.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Standard output and error of the device. A service (`sonde.console=true`): a line editor hands
/// in what takes whole lines from now on, or null when it is gone.
///
/// It must be in place before the shell's runtime starts, which wraps the streams that it finds.
final class Console implements Consumer<@Nullable Predicate<String>> {

  private final AtomicReference<@Nullable Predicate<String>> editor = new AtomicReference<>();

  void install() {
    var out = new LineOutput(stream(FileDescriptor.out), editor, System.out.charset());
    var err = new LineOutput(stream(FileDescriptor.err), editor, System.err.charset());
    System.setOut(out.asPrintStream());
    System.setErr(err.asPrintStream());
  }

  private static FileOutputStream stream(FileDescriptor descriptor) {
    return new FileOutputStream(descriptor);
  }

  @Override
  public void accept(@Nullable Predicate<String> lines) {
    editor.set(lines);
  }
}
