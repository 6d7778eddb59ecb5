package dev.sonde.logger;

import dev.sonde.event.log.LogLine;
import dev.sonde.log.Severity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Lines that bundles log, on their way to the bus. Who logs may hold any lock, the bus's own too,
/// so each line is handed to a thread of its own; nobody ever waits. One logger's flood, such as
/// that of a handler of [LogLine] that logs a line for each, is dammed.
final class LogLines implements AutoCloseable {

  static final int MAX_CHARS = 16 * 1024;

  private static final Batches.Limits LIMITS =
      new Batches.Limits(4_096, 8L << 20, 256, Duration.ZERO, Duration.ZERO);

  private volatile Severity least = Severity.WARNING;
  private final BiConsumer<LogLine, Origin> publisher;
  private final FloodGate gate;
  private final Batches<Taken> batches;
  private final AtomicLong taken = new AtomicLong();

  /// Where a line comes from.
  ///
  /// @param thread the name of the thread that logged it
  record Origin(long epochMillis, String thread) {

    static Origin here() {
      return new Origin(System.currentTimeMillis(), Thread.currentThread().getName());
    }
  }

  private record Taken(LogLine line, Origin origin) {}

  /// @param publisher called on a thread of this object's; must not throw
  LogLines(BiConsumer<LogLine, Origin> publisher, LongSupplier nanoClock) {
    this.publisher = publisher;
    this.gate = new FloodGate(nanoClock);
    this.batches = new Batches<>("lines", LIMITS, this::publish);
  }

  /// What is less grave is not taken from now on.
  void use(Severity newLeast) {
    least = newLeast;
  }

  boolean want(Severity severity) {
    return severity.compareTo(least) >= 0;
  }

  Severity least() {
    return least;
  }

  /// Takes a line; never waits and never throws.
  void take(
      String bundle,
      String logger,
      Severity severity,
      @Nullable String message,
      @Nullable Throwable thrown) {
    String text = cut(String.valueOf(message));
    switch (gate.ask(bundle + '/' + logger)) {
      case OPEN ->
          add(new LogLine(bundle, logger, severity, text, Optional.ofNullable(stack(thrown))));
      case CLOSING ->
          add(
              new LogLine(
                  bundle,
                  logger,
                  Severity.WARNING,
                  "logs too much; its further lines are left out and counted (log:stats), except"
                      + " for a few each second",
                  Optional.empty()));
      case CLOSED -> {}
    }
  }

  private void add(LogLine line) {
    int bytes = Batches.bytes(line.message()) + Batches.bytes(line.stack().orElse(""));
    if (batches.add(new Taken(line, Origin.here()), bytes)) {
      taken.incrementAndGet();
    }
  }

  private void publish(List<Taken> lines) {
    lines.forEach(taken -> publisher.accept(taken.line, taken.origin));
  }

  /// Each method of an exception may throw, too.
  private static @Nullable String stack(@Nullable Throwable thrown) {
    if (thrown == null) {
      return null;
    }
    StringWriter stack = new StringWriter();
    try {
      thrown.printStackTrace(new PrintWriter(stack));
    } catch (Exception | StackOverflowError hostile) {
      stack.append(thrown.getClass().getName()).append(", which can not be printed");
    }
    return cut(stack.toString().stripTrailing());
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
  }

  /// Publishes what waits.
  @Override
  public void close() {
    batches.close();
  }

  String account() {
    return "%,d lines taken, %,d left out of floods, %,d lost"
        .formatted(taken.get(), gate.refused(), batches.dropped());
  }
}
