package dev.sonde.logger;

import dev.sonde.log.Severity;
import org.jspecify.annotations.Nullable;
import org.ops4j.pax.logging.PaxContext;
import org.ops4j.pax.logging.PaxLogger;
import org.ops4j.pax.logging.PaxLoggingService;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.Logger;

/// The OSGi Log Service for one bundle, and for Pax Logging the end of all other ways to log.
final class LoggingService implements PaxLoggingService {

  private static final String WITHOUT_NAME = "LogService";

  private final LogLines lines;
  private final Bundle user;
  private final PaxContext context = new PaxContext();

  LoggingService(LogLines lines, Bundle user) {
    this.lines = lines;
    this.user = user;
  }

  private static String name(@Nullable Bundle bundle) {
    String name = bundle == null ? null : bundle.getSymbolicName();
    return name == null ? "unknown" : name;
  }

  @Override
  public PaxLogger getLogger(@Nullable Bundle bundle, String category, String caller) {
    return LineLogger.of(lines, name(bundle), category, false);
  }

  @Override
  public Logger getLogger(String name) {
    return getLogger(user, name, Logger.class);
  }

  @Override
  public Logger getLogger(Class<?> type) {
    return getLogger(type.getName());
  }

  @Override
  public <L extends Logger> L getLogger(String name, Class<L> type) {
    return getLogger(user, name, type);
  }

  @Override
  public <L extends Logger> L getLogger(Class<?> named, Class<L> type) {
    return getLogger(user, named.getName(), type);
  }

  @Override
  public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> type) {
    boolean printf = type == FormatterLogger.class;
    return type.cast(LineLogger.of(lines, name(bundle), name, printf));
  }

  @Override
  public LogLevel getLogLevel() {
    return LineLogger.level(lines.least());
  }

  @Override
  public PaxContext getPaxContext() {
    return context;
  }

  @Override
  @Deprecated
  public void log(int level, String message) {
    log(level, message, null);
  }

  @Override
  @Deprecated
  public void log(int level, String message, @Nullable Throwable thrown) {
    Severity severity = severity(level);
    if (lines.want(severity)) {
      lines.take(name(user), WITHOUT_NAME, severity, message, thrown);
    }
  }

  @Override
  @Deprecated
  public void log(@Nullable ServiceReference<?> reference, int level, String message) {
    log(level, message, null);
  }

  @Override
  @Deprecated
  public void log(
      @Nullable ServiceReference<?> reference,
      int level,
      String message,
      @Nullable Throwable thrown) {
    log(level, message, thrown);
  }

  private static Severity severity(int level) {
    return switch (level) {
      case 1 -> Severity.ERROR;
      case 2 -> Severity.WARNING;
      case 3 -> Severity.INFO;
      case 4 -> Severity.DEBUG;
      default -> level < 1 ? Severity.ERROR : Severity.TRACE;
    };
  }
}
