package dev.sonde.log;

import org.osgi.annotation.versioning.ConsumerType;

/// Takes what the logger hears, to keep it elsewhere or to send it on: an OSGi service of a third
/// party's, from its registration until it is unregistered.
///
/// ```java
/// package com.acme.pager;
///
/// import dev.sonde.log.LogSink;
/// import java.io.IOException;
/// import java.nio.file.Files;
/// import java.nio.file.Path;
/// import org.osgi.service.component.annotations.Component;
///
/// @Component(property = {"name=pager", "events=sonde/alert/*", "events=*:error"})
/// public final class Pager implements LogSink {
///   @Override
///   public void write(Entry entry) throws IOException {
///     Files.writeString(Path.of("/dev/ttyS0"), entry.topic() + "\r\n");
///   }
/// }
/// ```
///
/// | service property | what it says |
/// |---|---|
/// | `events` | one or more rules as in `conf/logger.cfg`: `PATTERN` or `PATTERN:LEVEL`; else all |
/// | `name` | what the sink is called in `log:stats`; else its class |
///
/// Each sink has a thread and a queue of its own, of 4,096 entries and 4 MiB. One that is slow,
/// hangs or throws misses entries, which are counted and told, and costs nobody else anything.
/// Replayed events are not given: they were given when they were new.
///
/// It differs from a module that subscribes to everything in that it gets what the file gets:
/// lines of JSON with their severity, of any event, and never one twice.
@ConsumerType
@FunctionalInterface
public interface LogSink {

  /// Takes one event. Called in bus order, by one thread at a time; may block. It is interrupted
  /// when it has not returned one second after the sink's service is gone.
  ///
  /// @param entry the event
  /// @throws Exception if it could not be taken: that is counted, and it is not given again
  void write(Entry entry) throws Exception;

  /// An event as text.
  ///
  /// @param sequence its place in the order of all events, from 1 after each start of the device
  /// @param epochMicros when it was published, in microseconds since 1970-01-01T00:00:00Z
  /// @param topic its topic
  /// @param module who published it
  /// @param severity how grave it is
  /// @param json the object that is a line of `events.jsonl`, without a line break
  record Entry(
      long sequence,
      long epochMicros,
      String topic,
      String module,
      Severity severity,
      String json) {}
}
