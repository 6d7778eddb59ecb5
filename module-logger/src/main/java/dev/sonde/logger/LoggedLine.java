package dev.sonde.logger;

import dev.sonde.event.log.LogLine;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.LogService;

/// A line as the OSGi Log Service shows it. It keeps neither the bundle nor what was thrown, which
/// would keep the classes of bundles that are long gone.
///
/// @param bundles finds a bundle by its symbolic name
record LoggedLine(
    LogLine line, LogLines.Origin origin, long sequence, Function<String, @Nullable Bundle> bundles)
    implements LogEntry {

  /// What was thrown, as text.
  private static final class Thrown extends Exception {
    private static final long serialVersionUID = 1;

    Thrown(String stack) {
      super(stack, null, false, false);
    }
  }

  @Override
  public @Nullable Bundle getBundle() {
    return bundles.apply(line.bundle());
  }

  @Override
  public @Nullable ServiceReference<?> getServiceReference() {
    return null;
  }

  @Override
  @Deprecated
  public int getLevel() {
    return switch (line.severity()) {
      case ERROR -> LogService.LOG_ERROR;
      case WARNING -> LogService.LOG_WARNING;
      case INFO -> LogService.LOG_INFO;
      case DEBUG -> LogService.LOG_DEBUG;
      case TRACE -> LogService.LOG_DEBUG + 1;
    };
  }

  @Override
  public String getMessage() {
    return line.message();
  }

  /// Its message is the stack of what was thrown.
  @Override
  public @Nullable Throwable getException() {
    return line.stack().map(Thrown::new).orElse(null);
  }

  @Override
  public long getTime() {
    return origin.epochMillis();
  }

  @Override
  public LogLevel getLogLevel() {
    return LineLogger.level(line.severity());
  }

  @Override
  public String getLoggerName() {
    return line.logger();
  }

  @Override
  public long getSequence() {
    return sequence;
  }

  @Override
  public String getThreadInfo() {
    return origin.thread();
  }

  @Override
  public @Nullable StackTraceElement getLocation() {
    return null;
  }
}
