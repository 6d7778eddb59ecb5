package dev.sonde.it.numbers;

import dev.sonde.bus.Event;
import dev.sonde.bus.Topic;

/// The next of a publisher's events.
///
/// @param publisher 0 or 1
/// @param number from 1
@Topic("com/acme/NUMBER")
public record Numbered(int publisher, long number) implements Event {}
