package dev.sonde.logger;

import dev.sonde.log.Severity;
import java.util.function.Consumer;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.ops4j.pax.logging.PaxLoggingService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.log.LogReaderService;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;

/// Takes in, while it is open, what bundles and the framework log; before and after, Pax Logging
/// and the framework print it themselves.
final class SystemLog implements AutoCloseable {

  private final LogLines lines;
  private final Consumer<@Nullable Consumer<LogRecord>> framework;
  private final LogReaders readers;
  private final ServiceRegistration<?> ways;
  private final ServiceRegistration<?> reading;

  /// @param framework takes what takes the framework's lines, or null for nobody
  /// @param lines takes them, and is closed with this
  /// @param readers is offered, and closed with this
  SystemLog(
      BundleContext bundle,
      Consumer<@Nullable Consumer<LogRecord>> framework,
      LogLines lines,
      LogReaders readers) {
    this.framework = framework;
    this.lines = lines;
    this.readers = readers;
    String[] types = {
      PaxLoggingService.class.getName(), LogService.class.getName(), LoggerFactory.class.getName()
    };
    this.ways = bundle.registerService(types, new PerBundle(lines), null);
    this.reading = bundle.registerService(LogReaderService.class, readers, null);
    framework.accept(this::take);
  }

  private record PerBundle(LogLines lines) implements ServiceFactory<PaxLoggingService> {

    @Override
    public PaxLoggingService getService(
        Bundle bundle, ServiceRegistration<PaxLoggingService> registration) {
      return new LoggingService(lines, bundle);
    }

    @Override
    public void ungetService(
        Bundle bundle,
        ServiceRegistration<PaxLoggingService> registration,
        PaxLoggingService service) {}
  }

  private void take(LogRecord line) {
    Severity severity = line.getLevel().intValue() >= 1_000 ? Severity.ERROR : Severity.WARNING;
    if (lines.want(severity)) {
      lines.take(
          Constants.SYSTEM_BUNDLE_SYMBOLICNAME,
          "framework",
          severity,
          line.getMessage(),
          line.getThrown());
    }
  }

  /// Publishes what waits.
  @Override
  public void close() {
    framework.accept(null);
    unregister(ways);
    lines.close();
    readers.close();
    unregister(reading);
  }

  private static void unregister(ServiceRegistration<?> registration) {
    try {
      registration.unregister();
    } catch (IllegalStateException stopped) {
      // With its bundle, the framework has taken it back.
    }
  }
}
