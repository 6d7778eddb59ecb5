package dev.sonde.logger;

import dev.sonde.log.LogSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// One sink, with its thread and its queue.
final class Outlet {

  private static final Batches.Limits LIMITS =
      new Batches.Limits(4_096, 4L << 20, 256, Duration.ZERO, Duration.ZERO);

  private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(1);

  private final String name;
  private final TopicRules rules;
  private final LogSink sink;
  private final Consumer<String> notes;
  private final Batches<LogSink.Entry> batches;
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private boolean failing; // Of the sink's thread.

  /// @param rules what the sink wants
  /// @param notes told, on the sink's thread, when it begins and ends to fail
  Outlet(String name, TopicRules rules, LogSink sink, Consumer<String> notes) {
    this.name = name;
    this.rules = rules;
    this.sink = sink;
    this.notes = notes;
    this.batches = new Batches<>("sink-" + name, LIMITS, this::write);
  }

  String name() {
    return name;
  }

  boolean want(String topic, Level level) {
    return rules.want(topic, level);
  }

  /// Never waits; what finds no room is counted.
  void add(LogSink.Entry entry) {
    var _ = batches.add(entry, Batches.bytes(entry.json()));
  }

  private void write(List<LogSink.Entry> entries) {
    entries.forEach(this::write);
  }

  /// Whatever a third party's code throws ends here.
  private void write(LogSink.Entry entry) {
    try {
      sink.write(entry);
      taken.incrementAndGet();
      recovered();
    } catch (Throwable problem) {
      failed.incrementAndGet();
      failing(problem);
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      notes.accept("The sink " + name + " takes events again; it missed " + lost());
    }
  }

  private void failing(Throwable problem) {
    if (!failing) {
      failing = true;
      notes.accept(
          "The sink " + name + " fails (" + inWords(problem) + "); its losses are counted");
    }
  }

  private static String inWords(Throwable problem) {
    try {
      return problem.toString();
    } catch (Throwable hostile) {
      return problem.getClass().getName();
    }
  }

  /// Gives it a moment for what waits, and leaves one that hangs to itself.
  void end() {
    batches.end(PATIENCE_AT_THE_END);
  }

  /// What it will never get, so far.
  long lost() {
    return failed.get() + batches.dropped();
  }

  String account() {
    return "%,d taken, %,d lost, %,d waiting".formatted(taken.get(), lost(), batches.waiting());
  }
}
