package dev.sonde.logger;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Syslog as the configuration wants it: nowhere, or at one place.
final class Syslog implements AutoCloseable {

  private record Running(SyslogTarget target, TopicRules rules, SyslogSink sink, Outlet outlet) {}

  private final Sinks sinks;
  private final DiskListener listener;
  private @Nullable Running running;

  /// @param listener is told on the sending thread
  Syslog(Sinks sinks, DiskListener listener) {
    this.sinks = sinks;
    this.listener = listener;
  }

  /// What the one text of a configuration says; empty for nowhere.
  ///
  /// @throws IllegalArgumentException if it makes no sense
  static Optional<SyslogTarget> target(List<String> text) {
    return text.stream().filter(each -> !each.isEmpty()).findFirst().map(SyslogTarget::parse);
  }

  void use(Optional<SyslogTarget> target, TopicRules rules) {
    Running now = running;
    boolean same =
        now == null
            ? target.isEmpty()
            : target.isPresent() && target.get().equals(now.target) && rules.equals(now.rules);
    if (!same) {
      close();
      target.ifPresent(place -> running = begin(place, rules));
    }
  }

  private Running begin(SyslogTarget target, TopicRules rules) {
    SyslogSink sink = new SyslogSink(target, new SyslogFormat(), listener);
    return new Running(target, rules, sink, sinks.add("syslog", rules, sink));
  }

  /// Tries what waits once more.
  @Override
  public void close() {
    Running ending = running;
    running = null;
    if (ending != null) {
      ending.sink.beginClosing();
      sinks.remove(ending.outlet);
      ending.sink.close();
    }
  }
}
