package dev.sonde.logger;

import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogListener;
import org.osgi.service.log.LogReaderService;

/// The Log Reader Service of one bundle.
final class LogReader implements LogReaderService {

  private final LogReaders lines;
  private final @Nullable Bundle owner;
  private final CopyOnWriteArraySet<LogListener> listeners = new CopyOnWriteArraySet<>();
  private boolean failing; // Of the thread that tells.

  LogReader(LogReaders lines, @Nullable Bundle owner) {
    this.lines = lines;
    this.owner = owner;
  }

  @Override
  public void addLogListener(LogListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeLogListener(LogListener listener) {
    listeners.remove(listener);
  }

  @Override
  public Enumeration<LogEntry> getLog() {
    return Collections.enumeration(lines.latest());
  }

  /// Whatever a listener throws ends here.
  void tell(LogEntry entry) {
    for (LogListener listener : listeners) {
      try {
        listener.logged(entry);
      } catch (Throwable thrown) {
        if (!failing) {
          failing = true;
          lines.failed(owner, thrown.getClass().getName());
        }
      }
    }
  }
}
