package dev.sonde.logger;

import dev.sonde.log.LogSink;
import dev.sonde.log.Severity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Hands events on to those who asked for them, each on a thread of its own. Sinks come and go on
/// any thread, and outlive a run of the logger.
final class Sinks {

  private final CopyOnWriteArrayList<Outlet> outlets = new CopyOnWriteArrayList<>();
  private volatile Consumer<String> notes = sentence -> {};

  /// Who is told what sinks do, from now on.
  void tell(Consumer<String> listener) {
    notes = listener;
  }

  /// Begins to hand on to a sink.
  ///
  /// @param rules what it wants
  Outlet add(String name, TopicRules rules, LogSink sink) {
    Outlet outlet = new Outlet(name, rules, sink, sentence -> notes.accept(sentence));
    outlets.add(outlet);
    return outlet;
  }

  /// Ends that.
  void remove(Outlet outlet) {
    outlets.remove(outlet);
    outlet.end();
  }

  /// Hands an event to all that want it; never waits.
  void write(String topic, Level level, Supplied entry) {
    LogSink.Entry made = null;
    for (Outlet outlet : outlets) {
      if (outlet.want(topic, level)) {
        made = made == null ? entry.make(severity(level)) : made;
        outlet.add(made);
      }
    }
  }

  /// Makes an entry, once it is known that somebody wants it.
  @FunctionalInterface
  interface Supplied {
    LogSink.Entry make(Severity severity);
  }

  private static Severity severity(Level level) {
    return switch (level) {
      case INFO -> Severity.INFO;
      case WARNING -> Severity.WARNING;
      case ERROR, OFF -> Severity.ERROR;
    };
  }

  /// What each got, by its name.
  Map<String, String> accounts() {
    Map<String, String> accounts = new LinkedHashMap<>();
    outlets.forEach(outlet -> accounts.put(outlet.name(), outlet.account()));
    return accounts;
  }
}
