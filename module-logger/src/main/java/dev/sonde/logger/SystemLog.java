package dev.sonde.logger;

import dev.sonde.bus.Source;
import dev.sonde.log.Severity;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.ops4j.pax.logging.PaxLoggingService;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.log.LogService;
import org.osgi.service.log.LoggerFactory;

/// Takes in, while it runs, what bundles and the framework log; before and after, Pax Logging and
/// the framework print it themselves. A fork of the module, though it needs no thread: forks end
/// before what waits for the module is delivered, and the last lines are to be among that.
final class SystemLog implements Source {

  private final LogLines lines;
  private final Consumer<@Nullable Consumer<LogRecord>> framework;
  private final ServiceRegistration<?> registration;
  private final CountDownLatch ended = new CountDownLatch(1);

  /// @param framework takes what takes the framework's lines, or null for nobody
  /// @param lines takes them, and is closed when this is cancelled
  SystemLog(
      BundleContext bundle, Consumer<@Nullable Consumer<LogRecord>> framework, LogLines lines) {
    this.framework = framework;
    this.lines = lines;
    String[] types = {
      PaxLoggingService.class.getName(), LogService.class.getName(), LoggerFactory.class.getName()
    };
    this.registration = bundle.registerService(types, new PerBundle(lines), null);
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

  @Override
  public void run() throws InterruptedException {
    ended.await();
  }

  /// Publishes what waits.
  @Override
  public void cancel() {
    framework.accept(null);
    unregister(registration);
    lines.close();
    ended.countDown();
  }

  static void unregister(ServiceRegistration<?> registration) {
    try {
      registration.unregister();
    } catch (IllegalStateException stopped) {
      // With its bundle, the framework has taken it back.
    }
  }
}
