package dev.sonde.logger;

import dev.sonde.event.log.LogLine;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.log.LogEntry;
import org.osgi.service.log.LogReaderService;

/// The OSGi Log Reader Service, for each bundle one: the latest lines that bundles logged, and
/// further ones as they come.
///
/// Listeners are called on a thread of this object's. One that hangs keeps other listeners waiting,
/// and nobody else; what finds no room then, they miss.
final class LogReaders implements ServiceFactory<LogReaderService>, AutoCloseable {

  /// How many lines are kept.
  static final int KEPT = 256;

  private static final Batches.Limits LIMITS =
      new Batches.Limits(4_096, 8L << 20, 256, Duration.ZERO, Duration.ZERO);

  private static final Duration PATIENCE_AT_THE_END = Duration.ofMillis(250);

  private final Function<String, @Nullable Bundle> bundles;
  private final CopyOnWriteArrayList<LogReader> readers = new CopyOnWriteArrayList<>();
  private final ArrayDeque<LogEntry> latest = new ArrayDeque<>();
  private final Batches<LogEntry> batches;
  private volatile Consumer<String> notes = sentence -> {};
  private long sequence; // Of the thread that adds.
  private @Nullable ServiceRegistration<?> registration; // Of the module's thread.

  /// @param bundles finds a bundle by its symbolic name
  LogReaders(Function<String, @Nullable Bundle> bundles) {
    this.bundles = bundles;
    this.batches = new Batches<>("reader", LIMITS, this::tell);
  }

  /// Offers it, until this is closed.
  void offer(BundleContext bundle) {
    registration = bundle.registerService(LogReaderService.class, this, null);
  }

  /// Who is told that a listener fails, from now on.
  void tell(Consumer<String> listener) {
    notes = listener;
  }

  /// Takes a line; never waits. Called by one thread at a time.
  void add(LogLine line, LogLines.Origin origin) {
    LogEntry entry = new LoggedLine(line, origin, ++sequence, bundles);
    synchronized (latest) {
      latest.addFirst(entry);
      if (latest.size() > KEPT) {
        latest.removeLast();
      }
    }
    var _ = batches.add(entry, Batches.bytes(line.message()));
  }

  private void tell(List<LogEntry> entries) {
    for (LogEntry entry : entries) {
      readers.forEach(reader -> reader.tell(entry));
    }
  }

  /// The latest, the newest first.
  List<LogEntry> latest() {
    synchronized (latest) {
      return new ArrayList<>(latest);
    }
  }

  /// A listener threw something.
  void failed(@Nullable Bundle owner, String problem) {
    notes.accept(
        "A log listener of "
            + (owner == null ? "an unknown bundle" : owner.getSymbolicName())
            + " fails ("
            + problem
            + "); its further failures are not told");
  }

  @Override
  public LogReaderService getService(
      Bundle bundle, ServiceRegistration<LogReaderService> registration) {
    LogReader reader = new LogReader(this, bundle);
    readers.add(reader);
    return reader;
  }

  @Override
  public void ungetService(
      Bundle bundle, ServiceRegistration<LogReaderService> registration, LogReaderService service) {
    readers.removeIf(reader -> reader.equals(service));
  }

  /// Gives listeners a moment for what waits.
  @Override
  public void close() {
    batches.end(PATIENCE_AT_THE_END);
    ServiceRegistration<?> offered = registration;
    if (offered != null) {
      SystemLog.unregister(offered);
    }
  }
}
