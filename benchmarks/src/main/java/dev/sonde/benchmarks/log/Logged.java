package dev.sonde.benchmarks.log;

import dev.sonde.bridge.BenchmarkedModule;
import dev.sonde.bridge.Bus;
import dev.sonde.bridge.codec.Codec;
import dev.sonde.bridge.codec.EventTopics;
import dev.sonde.bus.Envelope;
import dev.sonde.bus.Event;
import dev.sonde.bus.Subscription;
import dev.sonde.logger.BenchmarkedLog;
import dev.sonde.logger.BenchmarkedLog.Keeping;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.osgi.framework.BundleContext;

/// Something that takes events and writes them.
interface Logged {

  /// How many events may be on their way, as many as Logback's queue is given.
  int WINDOW = 8_192;

  /// How long a publisher that has used its window waits before it looks again.
  int LOOK_NANOS = 50_000;

  void log(Query query);

  /// Ends when all is written.
  void end() throws Exception;

  /// The contenders by name.
  static Logged open(String name, Path directory) throws Exception {
    return switch (name) {
      case "nobody" -> onBusAlone();
      case "none" -> onBus(directory, Taker.NONE);
      case "sonde.jsonl" -> onBus(directory, Taker.JSONL);
      case "sonde.sqlite" -> onBus(directory, Taker.SQLITE);
      case "logback.jsonl" -> new LogbackLog(directory);
      case "raw.sqlite" -> new RawSqlite(directory);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /// Who listens on the bus.
  enum Taker {
    /// Somebody who does nothing, and lets events wait as the logger does.
    NONE,
    /// The logger.
    JSONL,
    /// The logger, with its history.
    SQLITE
  }

  /// A codec that knows no topics; none are needed to write.
  static Codec codec() {
    return new Codec(
        new EventTopics(
            (BundleContext)
                Proxy.newProxyInstance(
                    Logged.class.getClassLoader(),
                    new Class<?>[] {BundleContext.class},
                    (proxy, method, arguments) -> null)));
  }

  private static Logged onBusAlone() {
    Bus bus = new Bus();
    return new OnBus(bus, bus::sequence, () -> {});
  }

  private static Logged onBus(Path directory, Taker taker) {
    Bus bus = new Bus();
    if (taker == Taker.NONE) {
      long[] heard = new long[1];
      Subscription<Event> all = Subscription.of("none").topics("*").capacity(2 * WINDOW).relaxed();
      BenchmarkedModule nobody =
          new BenchmarkedModule(bus, "nobody", all, (event, at) -> heard[0] = at.sequence());
      return new OnBus(bus, () -> nobody.counts().delivered(), nobody);
    }
    BenchmarkedLog log =
        new BenchmarkedLog(
            bus, codec(), directory, taker == Taker.SQLITE ? Keeping.HISTORY : Keeping.LINES);
    return new OnBus(bus, log::heard, log);
  }

  /// Publishes on the bus, with no more than a window on its way.
  ///
  /// @param heard the last event that was heard
  record OnBus(Bus bus, LongSupplier heard, AutoCloseable listener) implements Logged {

    @Override
    public void log(Query query) {
      long sequence = bus.publish("bench", query, Envelope.NO_CAUSE);
      if (sequence % (WINDOW / 8) == 0) {
        await(sequence - WINDOW);
      }
    }

    private void await(long sequence) {
      while (heard.getAsLong() < sequence) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }

    @Override
    public void end() throws Exception {
      await(bus.sequence());
      listener.close();
    }
  }
}
