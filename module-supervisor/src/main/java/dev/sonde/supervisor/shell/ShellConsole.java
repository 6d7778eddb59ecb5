package dev.sonde.supervisor.shell;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.felix.service.threadio.ThreadIO;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/// Makes the interactive shell and the output of modules share one terminal. It watches for the
/// session that has a line editor; without a terminal there is none, nor its classes.
@Component(immediate = true)
public final class ShellConsole implements CommandSessionListener {

  private static final String READER = ".reader";

  private final AtomicReference<@Nullable LineEditor> editor = new AtomicReference<>();
  private final IntConsumer exit;
  private final Consumer<@Nullable Predicate<String>> console;
  private final Supplier<PrintStream> output;
  private final ThreadIO threads;
  private final Path history;

  /// Made by the component runtime.
  ///
  /// @param exit ends the run
  /// @param console takes what shows lines above the prompt
  /// @param output prints to the console
  /// @param threads diverts what threads print
  /// @param context knows the home directory
  @Activate
  public ShellConsole(
      @Reference(target = "(sonde.exit=true)") IntConsumer exit,
      @Reference(target = "(sonde.console=true)") Consumer<@Nullable Predicate<String>> console,
      @Reference(target = "(sonde.console=true)") Supplier<PrintStream> output,
      @Reference ThreadIO threads,
      BundleContext context) {
    this.output = output;
    this.threads = threads;
    this.exit = exit;
    this.console = console;
    String home = context.getProperty("sonde.home");
    this.history = Path.of(home == null ? "." : home, "data", "history");
  }

  @Override
  public void beforeExecute(CommandSession session, CharSequence command) {
    if (editor.get() == null && session.get(READER) != null) {
      var attached = new LineEditor(session, history, () -> exit.accept(0));
      if (editor.compareAndSet(null, attached)) {
        attached.attach(threads, output.get());
        console.accept(attached);
      }
    }
  }

  @Override
  public void afterExecute(CommandSession session, CharSequence command, Exception exception) {}

  @Override
  public void afterExecute(CommandSession session, CharSequence command, Object result) {}

  /// Lines are written plainly again.
  @Deactivate
  public void close() {
    console.accept(null);
  }
}
