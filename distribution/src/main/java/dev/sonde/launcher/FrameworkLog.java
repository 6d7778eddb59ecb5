package dev.sonde.launcher;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.apache.felix.framework.Logger;
import org.jspecify.annotations.Nullable;

/// What the framework logs. A service (`sonde.log=true`): the logger hands in what takes the lines
/// from now on, or null when it is gone; then they are printed.
final class FrameworkLog extends Logger implements Consumer<@Nullable Consumer<LogRecord>> {

  private final AtomicReference<@Nullable Consumer<LogRecord>> taker = new AtomicReference<>();

  @Override
  public void accept(@Nullable Consumer<LogRecord> lines) {
    taker.set(lines);
  }

  @Override
  protected void doLog(int level, String message, @Nullable Throwable thrown) {
    Consumer<LogRecord> now = taker.get();
    if (now == null) {
      super.doLog(level, message, thrown);
      return;
    }
    LogRecord line = new LogRecord(level == LOG_ERROR ? Level.SEVERE : Level.WARNING, message);
    line.setThrown(thrown);
    now.accept(line);
  }
}
