package dev.sonde.benchmarks.bus;

import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;

/// What is published: for each event a fresh one.
///
/// @param value who published it and the how many-th it is, see [Lane#next]
@Topic(Tick.TOPIC)
public record Tick(long value) implements Event {

  static final String TOPIC = "bench/TICK";
}
